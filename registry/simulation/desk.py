"""What waits on the desks of a demo: filings in several states, a finding that is asked about, a look-back to run."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count

import sqlalchemy as sa

from registry.accounts import queries as accounts
from registry.accounts.acting import actor_of
from registry.detection import queries as findings
from registry.detection import service as detection
from registry.enterprises.model import Enterprise
from registry.filings import service as filings
from registry.filings.content import Content, PermitContent, SignatureContent, WithdrawalContent
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.workflow import State
from registry.kernel.actor import Actor
from registry.kernel.errors import Problem
from registry.kernel.paging import PageRequest
from registry.lookback import queries as lookbacks
from registry.lookback import service as lookback
from registry.lookback.values import PlanValues
from registry.permits.model import Permit
from registry.permits.values import PermitValues, ScopeValues
from registry.ports.model import Port
from registry.ports.values import DelegationValues, PortValues
from registry.signatures.values import SignatureValues
from registry.store import db, unit_of_work

FEW = 3  # findings that the company is asked about
NOTE = "演示报备"
Move = Callable[[Actor, Filing], None]


def lay_desk(company: str) -> None:
    """File for the company, decide on some, ask it about some findings; what is there already is left as it is."""
    people = {each.email.partition("@")[0]: actor_of(each) for each in accounts.accounts()}
    for number, (content, move) in enumerate(_asked(company), 1):
        with suppress(Problem), unit_of_work():  # another seed's world may not know what one of them needs
            filing = filings.file(people["company"], content, reference_id=f"demo-{number}", note=NOTE)
            if filing.state is State.DRAFT:
                move(people["company"], filing)
                _first_look(people["reviewer1"], filing)
    _ask(people["analyst"], company)
    _plan(people["analyst"], company)


def _asked(company: str) -> Iterator[tuple[Content, Move]]:
    free = _free_extensions(company)
    extension = PortValues(next(free), company, use="service")
    yield extension, _hand_in
    yield replace(extension, port=next(free), signing="shared"), _hand_in
    yield replace(extension, port=next(free)), _keep
    short = db.session.scalars(sa.select(Enterprise.name).filter_by(code=company)).one().removesuffix("有限公司")
    yield SignatureContent(SignatureValues(short, company)), _hand_in
    for permit, categories in zip(_permits(company), (("notice", "marketing"), ("verification",)), strict=False):
        yield _permit(permit, categories), _hand_in
        yield DelegationValues(next(free), company, permit.user), _hand_in
        yield WithdrawalContent(Kind.PORT, permit.port, "业务已终止"), _keep


def _permit(permit: Permit, categories: tuple[str, ...]) -> Content:
    scope = ScopeValues(categories=categories, monthly_volume=50_000)
    values = PermitValues(
        signature=permit.signature, owner=permit.owner, port=permit.port, user=permit.user, scope=scope
    )
    marketing = "marketing" in categories
    return PermitContent(values, "会员书面同意，留存五年", "拒收请回复R") if marketing else PermitContent(values)


def _hand_in(company: Actor, filing: Filing) -> None:
    filings.submit(company, filing.key)


def _keep(company: Actor, filing: Filing) -> None:
    """A draft stays one."""


def _first_look(reviewer: Actor, filing: Filing) -> None:
    """What needs two has its first yes; what would be shared by many is sent back."""
    if filing.state is not State.SUBMITTED:
        return
    if filing.needs_two:
        filings.claim(reviewer, filing.key)
        filings.approve(reviewer, filing.key, comment="材料已核对")
    elif filing.content.get("signing") == "shared":
        filings.claim(reviewer, filing.key)
        reason = {"code": "PURPOSE_UNCLEAR", "field": "signing", "comment": "多签名共用的理由？"}
        filings.send_back(reviewer, filing.key, reasons=[reason])


def _ask(analyst: Actor, company: str) -> None:
    for each in findings.findings(analyst, PageRequest("", FEW), enterprise=company, state="open").items:
        detection.notify(analyst, each.key, "请说明该号码由谁使用，并提供授权材料")


def _plan(analyst: Actor, company: str) -> None:
    if not lookbacks.plans(analyst, PageRequest("", 1)).items:
        lookback.add_plan(analyst, PlanValues("演示回头看：一家公司的号码", "holder", company, days=3))


def _free_extensions(company: str) -> Iterator[str]:
    held = set(db.session.scalars(sa.select(Port.port).filter_by(superseded_at=None)))
    code = min(db.session.scalars(sa.select(Port.port).filter_by(holder=company, superseded_at=None)), key=len)
    return (f"{code}{place:04}" for place in count(9001) if f"{code}{place:04}" not in held)


def _permits(company: str) -> list[Permit]:
    """Two permits of customers on the company's own extensions."""
    query = (
        sa.select(Permit)
        .join(Port, (Port.port == Permit.port) & (Port.holder == company) & Port.superseded_at.is_(None))
        .where(Permit.owner == Permit.user, Permit.superseded_at.is_(None), Permit.recorded_at.is_not(None))
        .order_by(Permit.key)
    )
    return list(db.session.scalars(query.limit(2)))
