"""Bringing one delivery to its target: claimed in one commit, tried outside any, noted in another.

A job that is killed in between leaves a claim that runs out; the same message may then arrive twice, under one id.
"""

import datetime as dt
import json
import time

import sqlalchemy as sa

from registry import audit, jobs
from registry.accounts.model import Account
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.notices import mailing, policy, queries, sending
from registry.notices.kinds import Channel
from registry.notices.model import Attempt, Delivery, Endpoint
from registry.notices.outcome import Outcome
from registry.notices.workflow import MACHINE, MANAGE, DeliveryState
from registry.papers.personal import decrypted
from registry.store import db, unit_of_work
from registry.store.version import expect

CLAIM = dt.timedelta(minutes=2)  # longer than a try may take
LATE = dt.timedelta(minutes=2)  # a job should have come by now: its worker was killed
NO_TARGET = Outcome(arrived=False, status=0, said="the target is gone", final=True)


def deliver(key: str) -> bool:
    """Try one delivery now, where it is due and nobody else tries it; answers whether it was tried."""
    if not _claim(key):
        return False
    started = time.monotonic()
    outcome = _try(key)
    _note(key, outcome, round((time.monotonic() - started) * 1000))
    return True


def replay(actor: Actor, key: str, *, version: int | None = None) -> Delivery:
    """Send a delivery that has ended once more, from the first try on, under the same id.

    Raises NotFound, Conflict where it is still on its way.
    """
    with unit_of_work():
        delivery = queries.delivery(actor, key, lock=True)
        expect(delivery, version)
        before = delivery.state
        delivery.state = MACHINE.move(delivery, before, "replay", actor)
        delivery.tries, delivery.next_at, delivery.ended_at = 0, clock.now(), None
        delivery.version += 1
        audit.record(actor, "delivery.replayed", "delivery", key, before={"state": before})
        jobs.enqueue("notices.deliver", key=key)
    return delivery


def take_up(actor: Actor) -> int:
    """Put deliveries back into the queue whose job was lost; answers how many."""
    actor.require(MANAGE)
    late = sa.select(Delivery.key).where(Delivery.state == DeliveryState.WAITING, Delivery.next_at < clock.now() - LATE)
    with unit_of_work() as session:
        keys = session.scalars(late.order_by(Delivery.next_at).limit(1000)).all()
        return sum(jobs.enqueue("notices.deliver", once=f"deliver {key}", key=key) for key in keys)


def _claim(key: str) -> bool:
    with unit_of_work() as session:
        query = sa.select(Delivery).filter_by(key=key, state=DeliveryState.WAITING)
        row = session.scalar(query.with_for_update(of=Delivery, skip_locked=True))
        if row is None or row.next_at is None or row.next_at > clock.now():
            return False
        row.tries, row.next_at = row.tries + 1, clock.now() + CLAIM
    return True


def _try(key: str) -> Outcome:
    with unit_of_work() as session:
        row = session.scalars(sa.select(Delivery).filter_by(key=key)).one()
        send = _mail(row) if row.channel is Channel.MAIL else _webhook(row)
    return NO_TARGET if send is None else send()


def _webhook(row: Delivery) -> "sending.Letter | None":
    endpoint = db.session.scalar(sa.select(Endpoint).filter_by(key=row.target, closed_at=None))
    if endpoint is None:
        return None
    old = [endpoint.old_secret] if endpoint.old_until and endpoint.old_until > clock.now() else []
    keys = [decrypted(sealed) for sealed in (endpoint.secret, *old)]
    return sending.Letter(endpoint.url, row.notice.key, sending.body_of(row.notice), tuple(keys))


def _mail(row: Delivery) -> "mailing.Letter | None":
    hidden = json.loads(decrypted(row.sealed)) if row.sealed else {"address": "", "link": ""}
    if hidden["address"]:
        return mailing.letter(row.notice, hidden["address"], "zh_CN", hidden["link"])
    account = db.session.scalar(sa.select(Account).filter_by(email=row.target, active=True))
    if account is None or not queries.takes_mail(account.email):
        return None
    return mailing.letter(row.notice, account.email, account.language, hidden["link"])


def _note(key: str, outcome: Outcome, took_ms: int) -> None:
    with unit_of_work() as session:
        row = session.scalars(sa.select(Delivery).filter_by(key=key).with_for_update(of=Delivery)).one()
        session.add(
            Attempt(
                delivery_id=row.id,
                at=clock.now(),
                arrived=outcome.arrived,
                status=outcome.status,
                said=outcome.said,
                took_ms=took_ms,
            )
        )
        session.expire(row, ["attempts"])
        if row.state is not DeliveryState.WAITING:  # a claim ran out, and another job was quicker
            return
        again = None if outcome.arrived or outcome.final else policy.next_try(row.tries, clock.now())
        row.version += 1
        row.next_at = again
        if again is None:
            row.state = MACHINE.move(row, row.state, "arrive" if outcome.arrived else "give_up", SYSTEM)
            row.ended_at, row.sealed = clock.now(), "" if outcome.arrived else row.sealed
        else:
            jobs.enqueue("notices.deliver", at=again, key=key)
