"""Whom a plan means: the entries of the registry in force at a moment that its cohort takes in. Reads only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.detection.model import Finding
from registry.detection.workflow import FindingState
from registry.enterprises.model import Enterprise
from registry.filings.model import Filing
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.standing import Standing
from registry.lookback import policy
from registry.lookback.kinds import WITH_STANDING, Cohort, Subject
from registry.lookback.model import Plan
from registry.permits.model import Permit, Template
from registry.permits.queries import applying_to
from registry.ports import queries as ports
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.signatures.model import Letter, Signature
from registry.store import db
from registry.store.periods import in_force

Where = sa.ColumnElement[bool]
NOBODY = sa.false()
OF_NO_INTEREST = (FindingState.DISMISSED, FindingState.MERGED, FindingState.WITHDRAWN)
CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Member:
    """One entry: its kind and key, how people call it, its port and signature, who answers for it, its standing."""

    kind: Subject
    key: str
    label: str
    port: str
    signature: str
    enterprise: str
    standing: Standing


def members(plan: Plan, at: dt.datetime) -> list[Member]:
    """The whole cohort at a moment, inherited entries first; before any sample is drawn."""
    wanted = [Subject(each) for each in plan.subjects] or list(WITH_STANDING)
    chosen = _BY_COHORT[plan.cohort](plan.value, at)
    found = [member for kind in wanted for member in _rows(kind, chosen.get(kind, NOBODY), at)]
    return sorted(found, key=lambda member: (policy.turn(member.standing), list(Subject).index(member.kind)))


def _rows(kind: Subject, where: Where, at: dt.datetime) -> list[Member]:
    if where is NOBODY:
        return []
    columns = _COLUMNS[kind]
    query = sa.select(*columns, _STANDING[kind]).where(_stands(kind, at), where).order_by(columns[0])
    rows: Any = db.session.execute(query.execution_options(yield_per=CHUNK))
    return [Member(kind, *row) for row in rows]


def _stands(kind: Subject, at: dt.datetime) -> Where:
    """Whether an entry is in force; a template only with its permit, an enterprise since it is on record."""
    match kind:
        case Subject.ENTERPRISE:
            return Enterprise.recorded_at <= at
        case Subject.TEMPLATE:
            return sa.and_(in_force(Template, at), Template.permit == Permit.key, in_force(Permit, at))
        case _:
            return in_force(_TABLES[kind], at)


def _joined(one: Any, other: Any) -> Any:
    return sa.func.concat(one, " ", other)


_NONE = sa.literal("")
_HOP = _joined(Delegation.port, Delegation.to_enterprise)
_SCOPE = _joined(Permit.signature, Permit.port)
_PARTIES = _joined(Letter.owner, Letter.applicant)
_TEXT = _joined(Permit.signature, sa.func.left(Template.body, 40))
_TABLES: dict[Subject, Any] = {
    Subject.PORT: Port,
    Subject.DELEGATION: Delegation,
    Subject.SIGNATURE: Signature,
    Subject.PERMIT: Permit,
    Subject.LETTER: Letter,
    Subject.TEMPLATE: Template,
}
_COLUMNS: dict[Subject, tuple[Any, ...]] = {
    Subject.PORT: (Port.port, Port.port, Port.port, _NONE, Port.holder),
    Subject.DELEGATION: (Delegation.key, _HOP, Delegation.port, _NONE, Delegation.from_enterprise),
    Subject.SIGNATURE: (Signature.key, Signature.signature, _NONE, Signature.signature, Signature.owner),
    Subject.PERMIT: (Permit.key, _SCOPE, Permit.port, Permit.signature, Permit.user),
    Subject.LETTER: (Letter.key, _PARTIES, _NONE, _NONE, Letter.applicant),
    Subject.TEMPLATE: (Template.key, _TEXT, Permit.port, Permit.signature, Permit.user),
    Subject.ENTERPRISE: (Enterprise.code, Enterprise.name, _NONE, _NONE, Enterprise.code),
}
"""Key, label, port, signature, and who answers for it."""


def _by_filing(kind: Subject) -> Any:
    """The standing of what has none in its own table: verified where a filing of it was approved here."""
    filed = sa.exists().where(
        Filing.entry_kind == kind.value, Filing.entry_key == _COLUMNS[kind][0], Filing.state == State.APPROVED
    )
    found = sa.case((filed, Standing.VERIFIED.value), else_=Standing.INHERITED.value)
    return sa.type_coerce(found, Permit.standing.type)


_STANDING: dict[Subject, Any] = {
    kind: _TABLES[kind].standing if kind in WITH_STANDING else _by_filing(kind) for kind in Subject
}

Chosen = dict[Subject, Where]


def _under_prefix(prefix: str, at: dt.datetime) -> Chosen:
    permits = ports.under(Permit.port, prefix), in_force(Permit, at)
    hops = ports.under(Delegation.port, prefix), in_force(Delegation, at)
    on_it = sa.select(Permit.signature, Permit.owner).where(*permits)
    letters = sa.union(sa.select(Permit.letter).where(*permits), sa.select(Delegation.letter).where(*hops))
    holders = sa.select(Port.holder).where(ports.under(Port.port, prefix), in_force(Port, at))
    others = (sa.select(column).where(*permits) for column in (Permit.owner, Permit.user))
    parties = sa.union(holders, sa.select(Delegation.to_enterprise).where(*hops), *others)
    return {
        Subject.PORT: ports.under(Port.port, prefix),
        Subject.DELEGATION: ports.under(Delegation.port, prefix),
        Subject.SIGNATURE: sa.tuple_(Signature.signature, Signature.owner).in_(on_it),
        Subject.PERMIT: ports.under(Permit.port, prefix),
        Subject.LETTER: Letter.key.in_(letters),
        Subject.TEMPLATE: ports.under(Permit.port, prefix),
        Subject.ENTERPRISE: Enterprise.code.in_(parties),
    }


def _of_holder(holder: str, at: dt.datetime) -> Chosen:
    held = sa.orm.aliased(Port)
    on_held = sa.exists().where(held.holder == holder, in_force(held, at), ports.under(Permit.port, held.port))
    concerned = sa.or_(Permit.user == holder, on_held)
    return {
        Subject.PORT: Port.holder == holder,
        Subject.DELEGATION: Delegation.from_enterprise == holder,
        Subject.SIGNATURE: Signature.owner == holder,
        Subject.PERMIT: concerned,
        Subject.LETTER: sa.or_(Letter.owner == holder, Letter.applicant == holder),
        Subject.TEMPLATE: concerned,
        Subject.ENTERPRISE: Enterprise.code == holder,
    }


def _of_source(source: str, at: dt.datetime) -> Chosen:
    of_it = Signature.source == source, in_force(Signature, at)
    named = sa.tuple_(Permit.signature, Permit.owner).in_(sa.select(Signature.signature, Signature.owner).where(*of_it))
    return {
        Subject.SIGNATURE: Signature.source == source,
        Subject.PERMIT: named,
        Subject.LETTER: sa.exists().where(
            Signature.owner == Letter.owner, Signature.signature == sa.any_(Letter.signatures), *of_it
        ),
        Subject.TEMPLATE: named,
        Subject.ENTERPRISE: Enterprise.code.in_(sa.select(Signature.owner).where(*of_it)),
    }


def _before(moment: str, _at: dt.datetime) -> Chosen:
    day = clock.parse_moment(moment)
    begun: dict[Subject, Any] = {kind: sa.func.lower(table.valid) for kind, table in _TABLES.items()}
    return {kind: begin < day for kind, begin in (begun | {Subject.ENTERPRISE: Enterprise.recorded_at}).items()}


def _of_standing(standing: str, _at: dt.datetime) -> Chosen:
    return {kind: known == Standing(standing) for kind, known in _STANDING.items()}


def _found(rule: str, at: dt.datetime) -> Chosen:
    of_interest = [Finding.state.not_in(OF_NO_INTEREST), *([Finding.rule == rule] if rule else [])]
    query = sa.select(Finding.port, Finding.signature).where(*of_interest).distinct()
    pairs = [tuple(row) for row in db.session.execute(query)]
    numbers = sorted({port for port, _signature in pairs})
    nearest = {covering[0].port for covering in (ports.covering(number, at) for number in numbers) if covering}
    applying = {(signature, written) for port, signature in pairs for written in applying_to(port)}
    prefixes = {prefix for number in numbers for prefix in prefixes_of(number)}
    permits = sa.tuple_(Permit.signature, Permit.port).in_(applying) if applying else NOBODY
    return {
        Subject.PORT: Port.port.in_(nearest),
        Subject.DELEGATION: Delegation.port.in_(prefixes),
        Subject.SIGNATURE: Signature.signature.in_({signature for _port, signature in pairs if signature}),
        Subject.PERMIT: permits,
        Subject.LETTER: Letter.key.in_(sa.select(Permit.letter).where(permits, in_force(Permit, at))),
        Subject.TEMPLATE: permits,
        Subject.ENTERPRISE: Enterprise.code.in_(sa.select(Finding.enterprise).where(*of_interest)),
    }


_BY_COHORT = {
    Cohort.PORT_PREFIX: _under_prefix,
    Cohort.HOLDER: _of_holder,
    Cohort.SIGNATURE_SOURCE: _of_source,
    Cohort.APPROVED_BEFORE: _before,
    Cohort.STANDING: _of_standing,
    Cohort.FINDINGS: _found,
}
