"""Opening and closing gateways; taking in what gateways and other carriers report of permits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.gateway import queries, telling
from registry.gateway.kinds import CarrierState, Outcome
from registry.gateway.model import Activation, CarrierFiling, Gateway
from registry.gateway.values import Reported, Result
from registry.gateway.workflow import LEADING_TO, MACHINE, MANAGE, REPORT, ActivationState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict
from registry.permits.model import Permit
from registry.store import unit_of_work
from registry.store.opening import SLACK
from registry.store.periods import known
from registry.store.work import explain_constraint

Row = Activation | CarrierFiling
Table = type[Activation] | type[CarrierFiling]

explain_constraint("uq_gateway_key", "gateway_exists", "there is a gateway of this name already")


def open_gateway(actor: Actor, key: str, name: str = "") -> Gateway:
    """A gateway at which permits are to be active from now on. Raises Conflict where there is one of this name."""
    actor.require(MANAGE)
    with unit_of_work() as session:
        row = Gateway(key=key, name=name, opened_at=clock.now(), opened_by=actor.name)
        session.add(row)
        session.flush()
        audit.record(actor, "gateway.opened", "gateway", key, after={"name": name})
    return row


def close_gateway(actor: Actor, key: str) -> Gateway:
    """The gateway counts no more; what was reported there stays on record. Raises NotFound, Conflict."""
    actor.require(MANAGE)
    with unit_of_work():
        row = queries.gateway(key, lock=True)
        if row.closed_at is not None:
            raise Conflict("gateway_closed", f"{key} is closed already")
        row.closed_at = clock.now()
        audit.record(actor, "gateway.closed", "gateway", key)
    return row


def report(actor: Actor, gateway: str, rows: Sequence[Reported]) -> list[Result]:
    """What a gateway (or staff for it) says of permits, each with a result of its own; the same again changes nothing.

    Whoever uses a permit is told when it fails somewhere, and when it is active everywhere. Raises NotFound.
    """
    actor.require(REPORT)
    with unit_of_work() as session:
        place = queries.gateway(gateway).key
        users = _users(session, rows)
        results, changed = _take(session, actor, Activation, place, rows, users)
        telling.tell_of(changed, users, queries.active_everywhere([row.permit for row in changed]))
    return results


def report_carrier(actor: Actor, carrier: str, rows: Sequence[Reported]) -> list[Result]:
    """Where filings stand at another carrier; kept beside, decided on by nobody here."""
    actor.require(REPORT)
    with unit_of_work() as session:
        return _take(session, actor, CarrierFiling, carrier, rows, _users(session, rows))[0]


def _take(
    session: Session, actor: Actor, table: Table, place: str, rows: Sequence[Reported], users: dict[str, str]
) -> tuple[list[Result], list[Row]]:
    """Take rows in, one call after the other for a place. Of two rows about one permit the last one counts."""
    _one_at_a_time(session, table, place)
    before = _holding(session, table, [f"{row.permit}@{place}" for row in rows])
    results, added, now = [], dict[str, Row](), clock.now()
    for row in rows:
        key, at = f"{row.permit}@{place}", row.at or now
        held = added.get(key) or before.get(key)
        outcome = _outcome(row, at, held, users, now)
        if outcome is Outcome.CHANGED:
            held = added[key] = _row(actor, table, place, row, at, held)
        results.append(Result(row.permit, outcome, held.state.value if held else ""))
    for key in added.keys() & before.keys():
        before[key].replaced_at = now
    session.flush()  # what held makes room before what holds comes
    session.add_all(added.values())
    session.flush()
    if added:
        said = [[each.permit, each.state, each.code] for each in added.values()]
        audit.record(actor, f"{table.__tablename__}.reported", "gateway", place, after={"rows": said})
    return results, list(added.values())


def _one_at_a_time(session: Session, table: Table, place: str) -> None:
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(f"{table.__tablename__} {place}"))))


def _outcome(row: Reported, at: dt.datetime, held: Row | None, users: dict[str, str], now: dt.datetime) -> Outcome:
    if row.permit not in users:
        return Outcome.NO_SUCH_PERMIT
    if at > now + SLACK:
        return Outcome.IN_FUTURE
    if held is not None and held.state == row.state and held.code == row.code:
        return Outcome.UNCHANGED
    return Outcome.OLDER if held is not None and at < held.at else Outcome.CHANGED


def _row(actor: Actor, table: Table, place: str, row: Reported, at: dt.datetime, held: Row | None) -> Row:
    return table(
        key=f"{row.permit}@{place}",
        permit=row.permit,
        place=place,
        state=_state(table, row, held, actor),
        code=row.code,
        at=at,
        recorded_at=clock.now(),
        recorded_by=actor.name,
    )


def _state(table: Table, row: Reported, held: Row | None, actor: Actor) -> ActivationState | CarrierState:
    if table is CarrierFiling:
        return CarrierState(row.state)
    target = ActivationState(row.state)
    present = held.state if isinstance(held, Activation) else ActivationState.PENDING
    return target if present is target else MACHINE.move(row, present, LEADING_TO[target], actor)


def _holding(session: Session, table: Table, keys: list[str]) -> dict[str, Row]:
    query: sa.Select[Any] = sa.select(table).where(table.replaced_at.is_(None), table.key.in_(keys))
    return {row.key: row for row in session.scalars(query.with_for_update())}


def _users(session: Session, rows: Iterable[Reported]) -> dict[str, str]:
    """Who uses each permit that is on record."""
    named = {row.permit for row in rows}
    query = sa.select(Permit.key, Permit.user).where(Permit.key.in_(named), known(Permit)).order_by(Permit.valid)
    return {row.key: row.user for row in session.execute(query)}
