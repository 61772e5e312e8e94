"""Deputies: who decides in an absent colleague's place, from when until when, and why."""

import datetime as dt

import sqlalchemy as sa

from registry import audit
from registry.accounts.model import Account, Deputy
from registry.accounts.service.opening import existing
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.store import unit_of_work
from registry.store.columns import new_key

LONGEST = dt.timedelta(days=366)


def appoint(
    actor: Actor, absent: str, deputy: str, until: dt.datetime, reason: str, *, since: dt.datetime | None = None
) -> Deputy:
    """From `since` (now where not said) until a moment the deputy may do what the absent colleague decides on.

    Raises Invalid for one and the same person, a company's account, a period that is none, or no reason; NotFound for
    an account that is not there; Conflict where the two have such a period already.
    """
    actor.require("deputy.manage")
    since = since or clock.now()
    _refuse_period(since, until, reason)
    with unit_of_work() as session:
        people = [_of_staff(existing(email), field) for field, email in (("absent", absent), ("deputy", deputy))]
        if people[0].email == people[1].email:
            error = FieldError("deputy", "same_person", "nobody is the own deputy", "name a colleague")
            raise Invalid("same_person", "nobody is the own deputy", fields=[error])
        row = Deputy(
            key=new_key("DEP"),
            absent=people[0].email,
            deputy=people[1].email,
            valid_from=since,
            valid_until=until,
            reason=reason.strip(),
            made_by=actor.name,
            made_at=clock.now(),
        )
        _refuse_twice(row)
        session.add(row)
        after = {"key": row.key, "deputy": row.deputy, "from": since, "until": until}
        audit.record(actor, "deputy.appointed", "account", row.absent, after=after, reason=row.reason)
    return row


def end_deputy(actor: Actor, key: str) -> Deputy:
    """The absent colleague is back: the deputy decides in the own right alone. Raises NotFound."""
    actor.require("deputy.manage")
    with unit_of_work() as session:
        row = session.scalar(sa.select(Deputy).filter_by(key=key).with_for_update())
        if row is None:
            raise NotFound("no_such_deputy", f"there is no deputy {key[:40]}")
        if row.ended_at is None:
            row.ended_at = clock.now()
            audit.record(actor, "deputy.ended", "account", row.absent, after={"key": key, "deputy": row.deputy})
    return row


def _refuse_period(since: dt.datetime, until: dt.datetime, reason: str) -> None:
    if until <= max(since, clock.now()) or until - since > LONGEST:
        error = FieldError("until", "no_period", "it is past, before the beginning, or a year away", "a later day")
        raise Invalid("no_period", "a deputy stands in for a period of up to a year", fields=[error])
    if not reason.strip():
        error = FieldError("reason", "missing", "it is empty", "say why the colleague is absent")
        raise Invalid("reason_missing", "an appointment says why", fields=[error])


def _of_staff(account: Account, field: str) -> Account:
    if account.enterprise is not None or not account.active:
        error = FieldError(
            field, "not_staff", f"{account.email} is no log-in of the carrier's staff", "name a colleague"
        )
        raise Invalid("not_staff", "only the carrier's own staff has deputies", fields=[error])
    return account


def _refuse_twice(row: Deputy) -> None:
    with unit_of_work() as session:
        same = sa.select(Deputy.key).where(
            Deputy.absent == row.absent,
            Deputy.deputy == row.deputy,
            Deputy.ended_at.is_(None),
            Deputy.valid_from < row.valid_until,
            Deputy.valid_until > row.valid_from,
        )
        if found := session.scalar(same.limit(1)):
            raise Conflict("deputy_already", f"{found} says so already", fix="end that one first")
