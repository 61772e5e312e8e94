"""Allotting ports and ending them; declaring who may use them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.changes.verifying import verify as verify_entry
from registry.enterprises import queries as enterprises
from registry.enterprises.kinds import Role
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.kernel.errors import Conflict, NotFound
from registry.ports import queries
from registry.ports.kinds import DelegationRole, PortLevel, PortUse, Signing
from registry.ports.model import Delegation, Port
from registry.ports.values import DelegationValues, PortValues
from registry.store import db, unit_of_work
from registry.store.columns import key_of
from registry.store.lists import of_object
from registry.store.opening import moment_of_change, opening
from registry.store.periods import change, end, known, open_after
from registry.store.standing import Standing
from registry.store.work import explain_constraint

PERMISSION = "registry.change"
_ALTERED = ("use", "signing", "max_length", "provinces", "office")

explain_constraint(
    "ex_port_one_at_a_time",
    "port_allotted",
    "this port is allotted for a time that overlaps this one",
    "end that allotment first, or choose another port",
)
explain_constraint(
    "ex_port_access_codes_apart",
    "access_codes_overlap",
    "another access code stands above or below this one for a time that overlaps this one",
    "register it as an extension of that code, or end that code first",
)
explain_constraint(
    "ex_delegation_one_at_a_time",
    "delegation_exists",
    "this hop is on record for a time that overlaps this one",
    "end that delegation first",
)


def allot(
    actor: Actor,
    values: PortValues,
    *,
    standing: Standing = Standing.VERIFIED,
    filing: str | None = None,
    correction: Correction | None = None,
) -> Port:
    """A number for its holder: an extension where a shorter registered port covers it, else an access code.

    Raises Invalid, NotFound for the holder, Conflict where it is allotted or stands under somebody else's code.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        valid = opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction)
        holder = enterprises.find(values.holder).code
        above = queries.covering(values.port[:-1], valid.lower) if len(values.port) > 3 else []  # noqa: PLR2004 - digits
        if above and standing is not Standing.INHERITED:
            _refuse_strangers_code(above[0], holder, valid.lower)
        row = Port(
            port=values.port,
            level=PortLevel.EXTENSION if above else PortLevel.ACCESS_CODE,
            holder=holder,
            use=PortUse(values.use),
            signing=Signing(values.signing),
            max_length=values.max_length,
            provinces=list(values.provinces),
            office=values.office,
            standing=standing,
            filing=filing,
            valid=valid,
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        tell(actor, "port.opened", row.port, row, (holder,), correction=correction)
    return row


def end_port(
    actor: Actor,
    port: str,
    *,
    at: dt.datetime | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> Port:
    """The port is nobody's from then on. Its holder may give it back. Raises NotFound, Conflict where it has ended."""
    with unit_of_work() as session:
        at = moment_of_change(actor, at, correction)
        row = db.session.scalar(sa.select(Port).where(Port.port == port, known(Port), open_after(Port, at)))
        if row is None:
            raise NotFound("no_such_port", f"there is no port {port[:40]} to end")
        _allow(actor, (row.holder,), "port", port)
        ended = end(row, at, actor.name)
        session.flush()
        tell(actor, "port.ended", port, ended, (row.holder,), reason=reason, correction=correction)
    return ended


def alter(actor: Actor, port: str, changes: Mapping[str, Any], *, reason: str = "") -> Port:
    """What the entry of a port says otherwise from now on; its holder and its number stay.

    Raises NotFound, Invalid, and Conflict where nothing of it changes.
    """
    actor.require(PERMISSION)
    with unit_of_work() as session:
        at = clock.now()
        query = sa.select(Port).where(Port.port == port, known(Port), open_after(Port, at))
        row = session.scalar(query.order_by(Port.valid).limit(1).with_for_update())
        if row is None:
            raise NotFound("no_such_port", f"there is no port {port[:40]} to change")
        before = of_object(row)
        said = {name: before[name] for name in _ALTERED} | {name: changes[name] for name in _ALTERED if name in changes}
        values = PortValues(port, row.holder, **said | {"provinces": tuple(said["provinces"])}).checked()
        new = {name: getattr(values, name) for name in _ALTERED} | {"provinces": list(values.provinces)}
        new |= {"use": PortUse(values.use), "signing": Signing(values.signing)}
        if all(before[name] == value for name, value in new.items()):
            raise Conflict("nothing_changes", f"{port} stands so already", fix="say what has changed")
        later = change(row, at, actor.name, **new)
        session.flush()
        tell(actor, "port.changed", port, later, (later.holder,), before=before, reason=reason)
    return later


def delegate(
    actor: Actor,
    values: DelegationValues,
    *,
    standing: Standing = Standing.VERIFIED,
    filing: str | None = None,
    correction: Correction | None = None,
) -> Delegation:
    """One declared hop. Who lets another use the port must hold it, or be an agent to whom it was let.

    Raises Invalid, NotFound for a party, Conflict where it is on record or not theirs to let.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        valid = opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction)
        giver = enterprises.find(values.from_enterprise).code
        taker = enterprises.find(values.to_enterprise).code
        if standing is not Standing.INHERITED:
            _refuse_not_theirs(values.port, giver, taker, valid.lower)
        row = Delegation(
            key=key_of("DLG", values.port, giver, taker, values.role),
            port=values.port,
            from_enterprise=giver,
            to_enterprise=taker,
            role=DelegationRole(values.role),
            letter=values.letter,
            standing=standing,
            filing=filing,
            valid=valid,
            recorded_at=clock.now(),
            recorded_by=actor.name,
        )
        session.add(row)
        session.flush()
        tell(actor, "delegation.opened", row.key, row, (giver, taker), correction=correction)
    return row


def end_delegation(
    actor: Actor,
    key: str,
    *,
    at: dt.datetime | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> Delegation:
    """The hop is over from then on; either party may end it. Raises NotFound, Conflict where it has ended."""
    with unit_of_work() as session:
        at = moment_of_change(actor, at, correction)
        query = sa.select(Delegation).where(Delegation.key == key, known(Delegation), open_after(Delegation, at))
        row = session.scalar(query.order_by(Delegation.valid).limit(1))
        if row is None:
            raise NotFound("no_such_delegation", f"there is no delegation {key[:40]} to end")
        parties = (row.from_enterprise, row.to_enterprise)
        _allow(actor, parties, "delegation", key)
        ended = end(row, at, actor.name)
        session.flush()
        tell(actor, "delegation.ended", key, ended, parties, reason=reason, correction=correction)
    return ended


def verify(actor: Actor, port: str, *, reason: str) -> bool:
    """The port was checked here: its standing is verified from now on. False where it was, or has ended."""
    return verify_entry(actor, "port", Port.port, port, lambda row: (row.holder,), reason)


def verify_delegation(actor: Actor, key: str, *, reason: str) -> bool:
    """The hop was checked here: its standing is verified from now on. False where it was, or has ended."""

    def parties(row: Delegation) -> tuple[str, ...]:
        return row.from_enterprise, row.to_enterprise

    return verify_entry(actor, "delegation", Delegation.key, key, parties, reason)


def _allow(actor: Actor, parties: tuple[str, ...], what: str, key: str) -> None:
    """A party ends what is its own; staff need the permission; to everybody else it does not exist."""
    if actor.enterprise in parties:
        return
    if actor.is_company:
        raise NotFound(f"no_such_{what}", f"there is no {what} {key[:40]} to end")
    actor.require(PERMISSION)


def _refuse_strangers_code(above: Port, holder: str, at: dt.datetime | None) -> None:
    if above.holder == holder or holder in queries.declared_users(above.port, at):
        return
    if Role.CARRIER in enterprises.find(above.holder).roles:
        return  # a carrier's own code with a customer behind it
    raise Conflict(
        "under_another_holder",
        f"{above.port} above it is held by {above.holder}",
        fix="file it for that holder and delegate it, or declare the chain first",
    )


def _refuse_not_theirs(port: str, giver: str, taker: str, at: dt.datetime | None) -> None:
    holder = queries.holder_of(port, at)
    if holder is None:
        raise Conflict("port_not_registered", f"no registered port covers {port}", fix="register the port first")
    if taker == holder:
        raise Conflict("back_to_holder", f"{taker} holds {port}: nobody can let it to its own holder")
    hops = [hop for hop in queries.chain(port, at) if hop.role is not DelegationRole.END_USER]
    if giver != holder and giver not in {hop.to_enterprise for hop in hops}:
        fix = "the holder declares its hop first; an end user lets nobody else in"
        raise Conflict("not_theirs_to_let", f"{giver} neither holds {port} nor is an agent for it", fix=fix)
