"""Granting permits, changing and ending them. A permit is never edited: a change closes one version, opens the next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.changes.verifying import verify as verify_entry
from registry.enterprises import queries as enterprises
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.kernel.errors import Conflict, NotFound
from registry.permits import policy
from registry.permits.kinds import OnBehalf, Purpose
from registry.permits.model import Permit
from registry.permits.values import PermitValues, ScopeValues
from registry.ports import queries as ports
from registry.ports.prefix import pattern
from registry.signatures import queries as signatures
from registry.store import db, unit_of_work
from registry.store.columns import new_key
from registry.store.lists import of_object
from registry.store.opening import moment_of_change, opening
from registry.store.periods import change, end, known, open_after
from registry.store.standing import Standing
from registry.store.work import explain_constraint

PERMISSION = "registry.change"

explain_constraint(
    "ex_permit_one_at_a_time", "permit_exists", "a permit under this key is in force for a time that overlaps this one"
)


def grant(
    actor: Actor,
    values: PermitValues,
    *,
    standing: Standing = Standing.VERIFIED,
    filing: str | None = None,
    correction: Correction | None = None,
) -> Permit:
    """An approved scope, in force from its beginning.

    Raises Invalid, NotFound for a party, Conflict where signature or port are not registered then, or where another
    owner's signature of the same text has a permit on the same port.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        valid = opening(actor, values.valid_from, values.valid_until, standing=standing, correction=correction)
        row = Permit(
            key=values.permit or new_key("PMT"),
            signature=values.signature,
            owner=enterprises.find(values.owner).code,
            port=values.port,
            user=enterprises.find(values.user).code,
            letter=values.letter,
            on_behalf=OnBehalf(values.on_behalf),
            purpose=Purpose(values.purpose),
            standby=values.standby,
            standing=standing,
            filing=filing,
            valid=valid,
            recorded_at=clock.now(),
            recorded_by=actor.name,
            **_columns(values.scope),
        )
        if standing is not Standing.INHERITED:
            _refuse_unregistered(row)
        _refuse_other_owner(row)
        session.add(row)
        session.flush()
        tell(actor, "permit.opened", row.key, row, concerned(row), correction=correction)
    return row


def amend(
    actor: Actor,
    key: str,
    *,
    scope: ScopeValues,
    at: dt.datetime | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> Permit:
    """The permit with another scope from a moment on. Its end stays: more time is a renewal, which is judged anew.

    Raises NotFound, Invalid, Conflict where it has ended by then.
    """
    actor.require(PERMISSION)
    with unit_of_work() as session:
        at = moment_of_change(actor, at, correction)
        row = last_version(key)
        if row.valid_until is not None and row.valid_until <= at:
            raise Conflict("already_ended", f"the permit {key[:40]} has ended by then", fix="renew it first")
        before = of_object(row)
        later = change(row, at, actor.name, **_columns(scope.checked()))
        session.flush()
        tell(actor, "permit.changed", key, later, concerned(later), before=before, reason=reason, correction=correction)
    return later


def end_permit(
    actor: Actor,
    key: str,
    *,
    at: dt.datetime | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> Permit:
    """The permit allows nothing from then on; owner and user may give it up. Raises NotFound where none is open."""
    with unit_of_work() as session:
        at = moment_of_change(actor, at, correction)
        row = db.session.scalar(_versions(key).where(open_after(Permit, at)).order_by(Permit.valid).limit(1))
        if row is None or (actor.is_company and actor.enterprise not in (row.owner, row.user)):
            raise NotFound("no_such_permit", f"there is no permit {key[:40]} to end")
        if not actor.is_company:
            actor.require(PERMISSION)
        ended = end(row, at, actor.name)
        session.flush()
        tell(actor, "permit.ended", key, ended, concerned(ended), reason=reason, correction=correction)
    return ended


def hand_over(
    actor: Actor,
    key: str,
    giver: str,
    taker: str,
    *,
    names: Sequence[str] = ("owner", "user"),
    at: dt.datetime | None = None,
) -> list[Permit]:
    """The permit goes on with one party in another's place, as `names` says in which; what is to come of it, too.

    Who is owner and user in one by then needs no letter. Answers its versions from then on. Raises NotFound, Conflict.
    """
    actor.require(PERMISSION)
    code = enterprises.find(taker).code
    with unit_of_work() as session:
        at = moment_of_change(actor, at)
        rows = session.scalars(_versions(key).where(open_after(Permit, at)).order_by(Permit.valid)).all()
        if not rows:
            raise NotFound("no_such_permit", f"there is no permit {key[:40]} to hand over")
        return [
            _handed_over(actor, row, {name: code for name in names if getattr(row, name) == giver}, at) for row in rows
        ]


def _handed_over(actor: Actor, row: Permit, parties: dict[str, str], at: dt.datetime) -> Permit:
    before = of_object(row)
    own = parties.get("owner", row.owner) == parties.get("user", row.user)
    later = change(row, at, actor.name, letter="" if own else row.letter, **parties)
    _refuse_other_owner(later)
    db.session.flush()
    tell(actor, "permit.changed", row.key, later, concerned(later), before=before)
    return later


def verify(actor: Actor, key: str, *, reason: str) -> bool:
    """The permit was checked here: its standing is verified from now on. False where it was, or has ended."""
    return verify_entry(actor, "permit", Permit.key, key, concerned, reason)


def concerned(row: Permit) -> tuple[str, ...]:
    """Who follows what becomes of a permit: its user, its owner, and the holder of the port."""
    holder = ports.holder_of(pattern(row.port).digits, row.valid_from)
    return tuple(dict.fromkeys(filter(None, (row.user, row.owner, holder))))


def _columns(scope: ScopeValues) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(scope).items()}


def _versions(key: str) -> sa.Select[Permit]:
    return sa.select(Permit).where(Permit.key == key, known(Permit))


def last_version(key: str) -> Permit:
    """The version of a permit that counts last, ended or not. Raises NotFound."""
    row = db.session.scalar(_versions(key).order_by(Permit.valid.desc()).limit(1))
    if row is None:
        raise NotFound("no_such_permit", f"there is no permit {key[:40]}")
    return row


def _refuse_unregistered(row: Permit) -> None:
    at = row.valid_from
    if signatures.registered(row.signature, row.owner, at) is None:
        detail = f"{row.owner} has no signature {row.signature} registered then"
        raise Conflict("signature_not_registered", detail, fix="register the signature first")
    digits = pattern(row.port).digits
    if not ports.covering(digits, at):
        raise Conflict("port_not_registered", f"no registered port covers {digits} then", fix="register the port first")


def _refuse_other_owner(row: Permit) -> None:
    # two permits of one text must not pass each other unseen: one waits for the other's commit
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(row.signature, 0))))
    others = sa.select(Permit.port, Permit.owner).where(
        Permit.signature == row.signature, Permit.owner != row.owner, known(Permit), Permit.valid.op("&&")(row.valid)
    )
    taken = policy.in_common(row.port, dict(db.session.execute(others).all()))
    if taken:
        raise Conflict(
            "signature_of_another_owner",
            f"the signature {row.signature} of {taken} has a permit on a port that {row.port} has in common with it",
            fix="choose another port: one text has one owner on each",
        )
