"""Gathering the facts that the checks look at, as they are known now, for what is asked from a moment on."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry import settings
from registry.enterprises.kinds import RelationKind
from registry.enterprises.model import Enterprise, EnterpriseName
from registry.enterprises.queries import relations
from registry.enterprises.values import EnterpriseValues
from registry.filings import view as facts
from registry.filings.changing import SuccessionContent
from registry.filings.content import (
    Content,
    PermitContent,
    SignatureContent,
    WithdrawalContent,
    asked_period,
    letter_of,
    number_of,
    parties,
    subject_of,
)
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries import words
from registry.filings.queries.channels import channels
from registry.filings.queries.claims import claims
from registry.filings.queries.entries import filing_of, last_entry, scope_of
from registry.filings.queries.resting import resting
from registry.filings.view import ENDLESS, Span, View
from registry.filings.workflow import OPEN
from registry.law import provisions
from registry.measures.kinds import MeasureState, SubjectKind
from registry.measures.model import Measure
from registry.papers.model import Paper
from registry.permits.kinds import Purpose
from registry.permits.model import Permit
from registry.permits.peers import peers_of
from registry.permits.queries import beneficiaries
from registry.ports.kinds import DelegationRole
from registry.ports.model import Delegation, Port
from registry.ports.prefix import is_valid, prefixes_of
from registry.ports.queries import under
from registry.ports.values import DelegationValues
from registry.signatures.folding import fold
from registry.signatures.lookalikes.reasons import Likeness
from registry.signatures.model import Letter, Signature
from registry.signatures.queries import nearest
from registry.store import db
from registry.store.periods import Dated, in_force, known, open_after

MOST_LOOKALIKES = 10
MOST_ROWS = 1000  # of one kind: a check needs to see that something stands there, not all of it


def gather(
    content: Content,
    applicant: str,
    at: dt.datetime,
    *,
    papers: Iterable[str] | None = (),
    itself: Dated | None = None,
    registered: bool = False,
    filing: str = "",
) -> View:
    """The facts about a content. `registered`: a look-back asks, and the entry `itself` is left out of them.

    papers: keys of the papers that were handed in, None where nothing is known of them. filing: the key of the filing
    that says it, which does not stand in its own way.
    """
    number = number_of(content)
    named, handler = _parties({applicant, *_named(content)}, number, at), words.handler(content)
    return View(
        at=at,
        applicant=applicant,
        span=_asked_span(content, at, registered=registered),
        parties=named,
        outside=words.outside(content, named, handler, at),
        handler=handler,
        demanded=frozenset({*provisions.words("lookups.demanded", at), *settings.current().connectors}),
        ports=_ports(number, at, itself),
        hops=_hops(number, at, itself),
        below=_below(content, at, itself),
        ended=() if registered else resting(number, at),
        names=_names(content, at, itself),
        lookalikes=_lookalikes(content),
        letter=_letter(letter_of(content), at),
        word=words.of_owner(content),
        scopes=_scopes(content, at, itself),
        entry=_entry(content, at),
        claims=claims(content, at),
        peers=_peers(content),
        channels=channels(content, at, filing),
        succeeded=_succeeded(content, at),
        pending=_pending(letter_of(content)),
        papers=None if papers is None else _papers(papers),
        registered=registered,
    )


def _asked_span(content: Content, at: dt.datetime, *, registered: bool) -> Span:
    start, end = asked_period(content)
    if registered:  # the checks ask what holds from today on: what was before is history
        return Span(at, end or ENDLESS)
    return Span(max(start or at, at), end or ENDLESS)


def _named(content: Content) -> set[str]:
    own = {content.code} if isinstance(content, EnterpriseValues) else set()
    return own | set(parties(content).values())


def _span(valid: Range[dt.datetime]) -> Span:
    assert valid.lower is not None  # noqa: S101 - the table's CHECK holds it
    return Span(valid.lower, valid.upper or ENDLESS)


def _rows(table: Any, at: dt.datetime, itself: Dated | None, *where: Any) -> list[Any]:
    """Rows known now that have not ended by a moment, begun or not."""
    others = [table.row_id != itself.row_id] if isinstance(itself, table) else []
    query = sa.select(table).where(known(table), open_after(table, at), *others, *where)
    return list(db.session.scalars(query.order_by(table.row_id).limit(MOST_ROWS)))


def _parties(codes: set[str], number: str, at: dt.datetime) -> dict[str, facts.Party]:
    if is_valid(number):
        above = sa.select(Port.holder).where(Port.port.in_(prefixes_of(number)), in_force(Port, at))
        codes = codes | set(db.session.scalars(above))
    rows = db.session.scalars(sa.select(Enterprise).where(Enterprise.code.in_(codes))).all()
    former = _former_names(codes)
    measures = _measures(codes, at)
    return {row.code: _party(row, former.get(row.code, []), measures.get(row.code, set())) for row in rows}


def _party(row: Enterprise, former: list[str], measures: set[str]) -> facts.Party:
    return facts.Party(
        code=row.code,
        names=(row.name, *former),
        roles=frozenset(row.roles),
        legal_form=row.legal_form,
        industry=row.industry,
        licence=row.licence,
        licence_until=row.licence_until,
        measures=frozenset(measures),
    )


def _former_names(codes: set[str]) -> dict[str, list[str]]:
    query = sa.select(EnterpriseName).where(EnterpriseName.enterprise.in_(codes), known(EnterpriseName))
    found: dict[str, list[str]] = {}
    for row in db.session.scalars(query.order_by(EnterpriseName.row_id)):
        found.setdefault(row.enterprise, []).append(row.name)
    return found


def _measures(codes: set[str], at: dt.datetime) -> dict[str, set[str]]:
    query = sa.select(Measure.subject, Measure.action).where(
        Measure.subject_kind == SubjectKind.ENTERPRISE,
        Measure.subject.in_(codes),
        Measure.state == MeasureState.IN_FORCE,
        in_force(Measure, at),
    )
    found: dict[str, set[str]] = {}
    for subject, action in db.session.execute(query):
        found.setdefault(subject, set()).add(action)
    return found


def _ports(number: str, at: dt.datetime, itself: Dated | None) -> tuple[facts.Allotment, ...]:
    if not is_valid(number):
        return ()
    near = sa.or_(Port.port.in_(prefixes_of(number)), under(Port.port, number))
    return tuple(
        facts.Allotment(row.port, row.level, row.holder, row.use, row.signing, row.max_length, _span(row.valid))
        for row in _rows(Port, at, itself, near)
    )


def _hops(number: str, at: dt.datetime, itself: Dated | None) -> tuple[facts.Hop, ...]:
    if not is_valid(number):
        return ()
    return tuple(map(_hop, _rows(Delegation, at, itself, Delegation.port.in_(prefixes_of(number)))))


def _below(content: Content, at: dt.datetime, itself: Dated | None) -> tuple[facts.Hop, ...]:
    """Hops on longer numbers: those to the giver, and those to who may let others in in turn."""
    if not isinstance(content, DelegationValues) or not is_valid(content.port):
        return ()
    longer = sa.and_(under(Delegation.port, content.port), Delegation.port != content.port)
    leads_on = sa.or_(Delegation.to_enterprise == content.from_enterprise, Delegation.role != DelegationRole.END_USER)
    return tuple(map(_hop, _rows(Delegation, at, itself, longer, leads_on)))


def _hop(row: Delegation) -> facts.Hop:
    return facts.Hop(row.key, row.port, row.from_enterprise, row.to_enterprise, row.role, _span(row.valid))


def _names(content: Content, at: dt.datetime, itself: Dated | None) -> tuple[facts.Name, ...]:
    if not isinstance(content, SignatureContent | PermitContent):
        return ()
    rows = _rows(Signature, at, itself, Signature.folded == fold(content.values.signature))
    return tuple(
        facts.Name(row.key, row.signature, row.owner, row.source, row.protected, _span(row.valid)) for row in rows
    )


def _lookalikes(content: Content) -> tuple[facts.Lookalike, ...]:
    if not isinstance(content, SignatureContent):
        return ()
    found = nearest(content.values.signature, MOST_LOOKALIKES, but_owner=content.values.owner)
    return tuple(
        facts.Lookalike(each.signature, each.score, each.kind, each.reason, each.protected)
        for each in found
        if each.kind is not Likeness.SAME
    )


def _letter(key: str, at: dt.datetime) -> facts.Allowance | None:
    """The letter by its own key, or by that of the filing that brought it."""
    found = _rows(Letter, at, None, sa.or_(Letter.key == key, Letter.filing == key)) if key else []
    if not found:
        return None
    row = found[0]
    return facts.Allowance(
        row.key, row.owner, row.applicant, frozenset(row.signatures), row.confirmation, _span(row.valid)
    )


def _scopes(content: Content, at: dt.datetime, itself: Dated | None) -> tuple[facts.Scope, ...]:
    if not isinstance(content, PermitContent):
        return ()
    number = number_of(content)
    near = [Permit.port.in_([number, *(f"{prefix}*" for prefix in prefixes_of(number))])] if is_valid(number) else []
    below = [under(Permit.port, number)] if content.values.port.endswith("*") and is_valid(number) else []
    same = sa.and_(Permit.signature == content.values.signature, Permit.user == content.values.user)
    return tuple(_scope(row) for row in _rows(Permit, at, itself, sa.or_(same, *near, *below)))


def _peers(content: Content) -> tuple[facts.Peers, ...]:
    if not isinstance(content, PermitContent):
        return ()
    rows = peers_of(content.values.owner, content.values.scope.categories)
    return tuple(facts.Peers(row.section, row.category, row.permits, row.most) for row in rows)


def scopes_of(row: object) -> tuple[facts.Scope, ...]:
    """An entry as a scope, where it is a permit."""
    return (_scope(row),) if isinstance(row, Permit) else ()


def _scope(row: Permit) -> facts.Scope:
    return facts.Scope(
        key=row.key,
        signature=row.signature,
        owner=row.owner,
        port=row.port,
        user=row.user,
        categories=frozenset(row.categories),
        provinces=frozenset(row.provinces),
        monthly_volume=row.monthly_volume,
        span=_span(row.valid),
    )


_PARTIES: dict[Kind, tuple[str, ...]] = {
    Kind.PORT: ("holder",),
    Kind.DELEGATION: ("from_enterprise", "to_enterprise"),
    Kind.SIGNATURE: ("owner",),
    Kind.LETTER: ("owner",),
    Kind.PERMIT: ("owner", "user"),
}


def _entry(content: Content, at: dt.datetime) -> facts.Entry | None:
    subject = subject_of(content)
    if subject is None:
        return None
    row = last_entry(*subject, at)
    if row is None or (isinstance(content, WithdrawalContent) and row.valid_until and row.valid_until <= at):
        return None
    told = _of_permit(row, at) if isinstance(row, Permit) else {}
    return facts.Entry(_owners(subject[0], row), _span(row.valid), **told)


def _owners(kind: Kind, row: Any) -> frozenset[str]:
    """Whose an entry is; a template is its permit's."""
    if kind is Kind.TEMPLATE:
        permit = last_entry(Kind.PERMIT, row.permit, row.valid_from)
        return _owners(Kind.PERMIT, permit) if permit else frozenset()
    return frozenset(getattr(row, name) for name in _PARTIES[kind])


def _of_permit(row: Permit, at: dt.datetime) -> dict[str, Any]:
    declared = frozenset(each.beneficiary for each in beneficiaries(row.key, at))
    told: dict[str, Any] = {"on_behalf": row.on_behalf.value, "purpose": row.purpose.value, "port": row.port}
    made_by = filing_of(row) if row.purpose is Purpose.BACKUP else None
    told["channel"] = made_by is not None and made_by.kind is Kind.TEMPORARY_PERMIT
    return {"scope": scope_of(row), "beneficiaries": declared, **told}


def _succeeded(content: Content, at: dt.datetime) -> bool:
    """Whether the registry knows that the one was merged into the other."""
    if not isinstance(content, SuccessionContent):
        return False
    ties = relations(content.from_enterprise, max(content.valid_from or at, at))
    ends = (content.from_enterprise, content.to_enterprise)
    merged = [each for each in ties if each.kind == RelationKind.MERGED_INTO]
    return any((each.from_enterprise, each.to_enterprise) == ends for each in merged)


def _pending(letter: str) -> frozenset[str]:
    if not letter:
        return frozenset()
    query = sa.select(Filing.key).where(Filing.key == letter, Filing.kind == Kind.LETTER, Filing.state.in_(OPEN))
    return frozenset(db.session.scalars(query))


def _papers(keys: Iterable[str]) -> dict[str, dt.datetime | None]:
    rows = db.session.scalars(sa.select(Paper).where(Paper.key.in_(list(keys)))).all()
    return {row.kind.value: row.expires_at for row in rows}
