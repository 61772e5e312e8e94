"""What the registry says of a case's numbers and parties, for the days that the case speaks of."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry.cases.proving import allows
from registry.detection.model import Case
from registry.enterprises.queries import names_of
from registry.kernel import clock
from registry.measures.kinds import MeasureState
from registry.measures.model import Measure
from registry.permits.model import Permit
from registry.permits.queries import applying_to
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.signatures.folding import fold
from registry.signatures.model import Letter, Signature
from registry.store import db
from registry.store.periods import Dated, known, period

Span = Range[dt.datetime]
Rows = Callable[..., Sequence[Any]]
MOST = 500
"""Rows of one kind: a platform's number has permits by the thousand; those of the case's signatures come first."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Rows in force at some moment of the case's days (`during`), as known at `known_at` (now, where that is None).

    Measures are those known now, also later ones: they are imposed because of the case.

    Beside them what a case may be about though it stood at another time: permits that the evidence names, their
    letters, letters of the same owners for the same signatures in all their versions, hops that had ended.
    """

    during: Span
    known_at: dt.datetime | None
    ports: Sequence[Port]
    delegations: Sequence[Delegation]
    permits: Sequence[Permit]
    signatures: Sequence[Signature]
    letters: Sequence[Letter]
    measures: Sequence[Measure]
    names: dict[str, str]

    def name(self, code: str) -> str:
        """What an enterprise is called, else its code."""
        return self.names.get(code, code)

    def stood(self, row: Dated) -> bool:
        """Whether a row was in force at some moment of the case's days."""
        return row.valid.overlaps(self.during)


def of(case: Case, known_at: dt.datetime | None = None) -> Registered:
    """What bears on a case, as the registry knew it at a moment, or knows it now."""
    rows = partial(rows_of, known_at)
    since = clock.midnight(case.first_day)
    then = period(since, clock.midnight(case.last_day + dt.timedelta(days=1)))
    over = {prefix for port in case.ports for prefix in prefixes_of(port)}
    folded = {fold(each) for each in case.signatures}
    ports = rows(Port, during(Port, then) & Port.port.in_(over), Port.port)
    signatures = rows(Signature, during(Signature, then) & Signature.folded.in_(folded), Signature.key)
    written = {*case.signatures, *(each.signature for each in signatures)}
    permits = _permits(rows, case, written, then)
    delegations = _delegations(rows, case, over, permits, then)
    letters = _letters(rows, case, written, permits, signatures, then)
    parties = _parties(case, delegations, permits, signatures)
    subjects = {*over, *(f"{each}*" for each in over), *case.signatures, *parties}
    subjects |= {each.key for each in (*permits, *signatures)}
    imposed = (Measure.subject.in_(subjects), Measure.state != MeasureState.PROPOSED)
    measures = rows_of(None, Measure, sa.and_(during(Measure, period(since, None)), *imposed), Measure.key)
    parties |= {party for letter in letters for party in (letter.owner, letter.applicant)}
    said = (ports, delegations, permits, signatures, letters, measures)
    return Registered(then, known_at, *said, names_of(parties))


def named_permits(case: Case) -> set[str]:
    """The keys of the permits that the evidence holds the use against."""
    return {str(row["permit"]) for row in evidence_of(case) if row.get("permit")}


def evidence_of(case: Case) -> Iterator[Mapping[str, Any]]:
    """Every row of evidence of a case's findings."""
    return (row for finding in case.findings for day in finding.evidence for row in day.rows)


def _permits(rows: Rows, case: Case, written: Collection[str], then: Span) -> Sequence[Permit]:
    """Those for the case's numbers and signatures in its days, and those that the evidence names at any time."""
    patterns = {pattern for port in case.ports for pattern in applying_to(port)}
    named, of_its_signatures = Permit.key.in_(named_permits(case)), Permit.signature.in_(written)
    near = sa.and_(Permit.port.in_(patterns), sa.or_(of_its_signatures, Permit.port.in_(case.ports)))
    return rows(Permit, named | (during(Permit, then) & near), ~named, ~of_its_signatures)


def _delegations(
    rows: Rows, case: Case, over: Collection[str], permits: Iterable[Permit], then: Span
) -> Sequence[Delegation]:
    """The chain over the case's numbers, and hops that had ended: on these numbers, or of its permits' parties."""
    named = named_permits(case)
    once = {party for each in permits if each.key in named for party in (each.owner, each.user)}
    once |= {each.tenant for each in case.findings} - {""}
    theirs = Delegation.port.in_(case.ports) | Delegation.to_enterprise.in_(once)
    in_time = during(Delegation, then)
    ended = Delegation.valid.op("<<", is_comparison=True)(then) & theirs
    return rows(Delegation, Delegation.port.in_(over) & (in_time | ended), ~in_time, Delegation.port)


def _letters(
    rows: Rows,
    case: Case,
    written: Collection[str],
    permits: Iterable[Permit],
    signatures: Iterable[Signature],
    then: Span,
) -> Sequence[Letter]:
    """Letters for the case's signatures, those of strangers only where they stood in its days.

    Each in all its versions: what the owner said of it later is said of the whole letter.
    """
    named = named_permits(case)
    behind = {each.letter for each in permits if each.key in named and each.letter}
    owners = {each.owner for each in signatures} | {each.owner for each in permits if each.key in named}
    owners |= {each.tenant for each in case.findings} - {""}
    by_key, listing = Letter.key.in_(behind), Letter.signatures.overlap(list(written))
    found = rows(Letter, sa.or_(by_key, listing, Letter.owner.in_(owners)), ~by_key, ~listing, Letter.key)
    begun = {each.key for each in found if each.valid_from < then.upper}
    stood = {each.key for each in found if each.valid.overlaps(then)}
    return [
        each
        for each in found
        if each.key in behind
        or (each.key in begun and (each.key in stood or each.owner in owners) and _for_them(each, case, owners))
    ]


def _for_them(letter: Letter, case: Case, owners: Collection[str]) -> bool:
    if not letter.signatures:
        return letter.owner in owners
    return any(allows(letter, each) for each in case.signatures)


def _parties(case: Case, delegations: Iterable[Any], permits: Iterable[Any], signatures: Iterable[Any]) -> set[str]:
    found = {case.enterprise, *(party for each in case.told for party in (each.enterprise, each.tenant))}
    found |= {party for hop in delegations for party in (hop.from_enterprise, hop.to_enterprise)}
    found |= {party for permit in permits for party in (permit.owner, permit.user)}
    return (found | {signature.owner for signature in signatures}) - {""}


def during(model: Any, then: Span) -> Any:
    """Rows that were in force at some moment of these days."""
    return model.valid.op("&&", is_comparison=True)(then)


def rows_of(known_at: dt.datetime | None, model: Any, which: Any, *order: Any) -> Sequence[Any]:
    """Rows as the registry knew them at a moment, or knows them now; the first of very many."""
    query = sa.select(model).where(known(model, known_at), which)
    return db.session.scalars(query.order_by(*order, model.valid, model.row_id).limit(MOST)).all()
