"""What the registry says of a case's numbers and parties, for the days that the case speaks of."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.detection.model import Case
from registry.enterprises.queries import names_of
from registry.kernel import clock
from registry.measures.kinds import MeasureState
from registry.measures.model import Measure
from registry.permits.model import Permit
from registry.permits.queries import applying_to
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.signatures.model import Letter, Signature
from registry.store import db
from registry.store.periods import known, period

MOST = 500
"""Rows of one kind: a platform's number has permits by the thousand; those of the case's signatures come first."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Rows known now that were in force at some moment of the case's days; measures also later ones."""

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


def of(case: Case) -> Registered:
    """What bears on a case."""
    since, until = clock.midnight(case.first_day), clock.midnight(case.last_day + dt.timedelta(days=1))
    then = period(since, until)
    over = {prefix for port in case.ports for prefix in prefixes_of(port)}
    patterns = {pattern for port in case.ports for pattern in applying_to(port)}
    ports = _rows(Port, then, Port.port.in_(over), Port.port)
    delegations = _rows(Delegation, then, Delegation.port.in_(over), Delegation.port)
    permits = _rows(Permit, then, sa.and_(Permit.port.in_(patterns), _near(case)), ~_of_its_signatures(case))
    signatures = _rows(Signature, then, Signature.signature.in_(case.signatures), Signature.key)
    parties = _parties(case, delegations, permits, signatures)
    letters = _rows(Letter, then, Letter.signatures.overlap(list(case.signatures)), Letter.key)
    subjects = {*over, *(f"{each}*" for each in over), *case.signatures, *parties}
    subjects |= {each.key for each in (*permits, *signatures)}
    imposed = (Measure.subject.in_(subjects), Measure.state != MeasureState.PROPOSED)
    later = period(since, None)
    measures = _rows(Measure, later, sa.and_(*imposed), Measure.key)
    parties |= {party for letter in letters for party in (letter.owner, letter.applicant)}
    return Registered(ports, delegations, permits, signatures, letters, measures, names_of(parties))


def _of_its_signatures(case: Case) -> Any:
    return Permit.signature.in_(case.signatures)


def _near(case: Case) -> Any:
    return sa.or_(_of_its_signatures(case), Permit.port.in_(case.ports))


def _parties(case: Case, delegations: Iterable[Any], permits: Iterable[Any], signatures: Iterable[Any]) -> set[str]:
    found = {case.enterprise, *(party for each in case.told for party in (each.enterprise, each.tenant))}
    found |= {party for hop in delegations for party in (hop.from_enterprise, hop.to_enterprise)}
    found |= {party for permit in permits for party in (permit.owner, permit.user)}
    return (found | {signature.owner for signature in signatures}) - {""}


def _rows(model: Any, within: Any, which: Any, order: Any) -> Sequence[Any]:
    query = sa.select(model).where(known(model), model.valid.op("&&")(within), which)
    return db.session.scalars(query.order_by(order, model.valid, model.row_id).limit(MOST)).all()
