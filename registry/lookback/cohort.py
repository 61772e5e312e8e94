"""Whom a plan means: the entries of the registry in force at a moment that its cohort takes in. Reads only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.detection.model import Finding
from registry.detection.workflow import FindingState
from registry.kernel import clock
from registry.kernel.standing import Standing
from registry.lookback import policy
from registry.lookback.kinds import Cohort, Subject
from registry.lookback.model import Plan
from registry.permits.model import Permit
from registry.permits.queries import applying_to
from registry.ports import queries as ports
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.signatures.model import Signature
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
    wanted = [Subject(each) for each in plan.subjects] or list(Subject)
    chosen = _BY_COHORT[plan.cohort](plan.value, at)
    found = [member for kind in wanted for member in _rows(kind, chosen.get(kind, NOBODY), at)]
    return sorted(found, key=lambda member: (policy.turn(member.standing), list(Subject).index(member.kind)))


def _rows(kind: Subject, where: Where, at: dt.datetime) -> list[Member]:
    table, *columns = _COLUMNS[kind]
    query = sa.select(*columns, table.standing).where(in_force(table, at), where).order_by(columns[0])
    rows: Any = db.session.execute(query.execution_options(yield_per=CHUNK))
    return [Member(kind, *row) for row in rows]


def _joined(one: Any, other: Any) -> Any:
    return sa.func.concat(one, " ", other)


_NONE = sa.literal("")
_HOP = _joined(Delegation.port, Delegation.to_enterprise)
_SCOPE = _joined(Permit.signature, Permit.port)
_COLUMNS: dict[Subject, tuple[Any, ...]] = {
    Subject.PORT: (Port, Port.port, Port.port, Port.port, _NONE, Port.holder),
    Subject.DELEGATION: (Delegation, Delegation.key, _HOP, Delegation.port, _NONE, Delegation.from_enterprise),
    Subject.SIGNATURE: (Signature, Signature.key, Signature.signature, _NONE, Signature.signature, Signature.owner),
    Subject.PERMIT: (Permit, Permit.key, _SCOPE, Permit.port, Permit.signature, Permit.user),
}
"""Table, key, label, port, signature, and who answers for it."""

Chosen = dict[Subject, Where]


def _under_prefix(prefix: str, at: dt.datetime) -> Chosen:
    on_it = sa.select(Permit.signature, Permit.owner).where(ports.under(Permit.port, prefix), in_force(Permit, at))
    return {
        Subject.PORT: ports.under(Port.port, prefix),
        Subject.DELEGATION: ports.under(Delegation.port, prefix),
        Subject.SIGNATURE: sa.tuple_(Signature.signature, Signature.owner).in_(on_it),
        Subject.PERMIT: ports.under(Permit.port, prefix),
    }


def _of_holder(holder: str, at: dt.datetime) -> Chosen:
    held = sa.orm.aliased(Port)
    on_held = sa.exists().where(held.holder == holder, in_force(held, at), ports.under(Permit.port, held.port))
    return {
        Subject.PORT: Port.holder == holder,
        Subject.DELEGATION: Delegation.from_enterprise == holder,
        Subject.SIGNATURE: Signature.owner == holder,
        Subject.PERMIT: sa.or_(Permit.user == holder, on_held),
    }


def _of_source(source: str, at: dt.datetime) -> Chosen:
    named = sa.select(Signature.signature, Signature.owner).where(Signature.source == source, in_force(Signature, at))
    return {
        Subject.SIGNATURE: Signature.source == source,
        Subject.PERMIT: sa.tuple_(Permit.signature, Permit.owner).in_(named),
    }


def _before(moment: str, _at: dt.datetime) -> Chosen:
    day = clock.parse_moment(moment)
    return {kind: sa.func.lower(_COLUMNS[kind][0].valid) < day for kind in Subject}


def _of_standing(standing: str, _at: dt.datetime) -> Chosen:
    return {kind: _COLUMNS[kind][0].standing == Standing(standing) for kind in Subject}


def _found(rule: str, at: dt.datetime) -> Chosen:
    query = sa.select(Finding.port, Finding.signature).where(Finding.state.not_in(OF_NO_INTEREST)).distinct()
    pairs = [tuple(row) for row in db.session.execute(query.filter_by(rule=rule) if rule else query)]
    numbers = sorted({port for port, _signature in pairs})
    nearest = {covering[0].port for covering in (ports.covering(number, at) for number in numbers) if covering}
    applying = {(signature, written) for port, signature in pairs for written in applying_to(port)}
    prefixes = {prefix for number in numbers for prefix in prefixes_of(number)}
    return {
        Subject.PORT: Port.port.in_(nearest),
        Subject.DELEGATION: Delegation.port.in_(prefixes),
        Subject.SIGNATURE: Signature.signature.in_({signature for _port, signature in pairs if signature}),
        Subject.PERMIT: sa.tuple_(Permit.signature, Permit.port).in_(applying) if applying else NOBODY,
    }


_BY_COHORT = {
    Cohort.PORT_PREFIX: _under_prefix,
    Cohort.HOLDER: _of_holder,
    Cohort.SIGNATURE_SOURCE: _of_source,
    Cohort.APPROVED_BEFORE: _before,
    Cohort.STANDING: _of_standing,
    Cohort.FINDINGS: _found,
}
