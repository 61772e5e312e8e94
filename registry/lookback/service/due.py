"""What the clock brings: reminders, holders who do not answer, exceptions that have run out."""

import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.law import provisions
from registry.lookback.kinds import ItemState
from registry.lookback.model import Item
from registry.lookback.service.items import locked, move, note
from registry.lookback.service.running import answer_due
from registry.lookback.service.telling import tell_of_item
from registry.lookback.workflow import RUN
from registry.store import db, unit_of_work


def look(actor: Actor) -> int:
    """Do what is due now, each item in a commit of its own. Answers how many items that were.

    An answer that is overdue is marked and reminded of; after as many reminders as the provision says the holder
    counts as unreachable. An exception that has run out is a question again.
    """
    actor.require(RUN)
    now = clock.now()
    late = sa.select(Item.key).where(Item.state == ItemState.NEEDS_ANSWER, Item.due_at < now)
    lapsed = sa.select(Item.key).where(Item.state == ItemState.EXCEPTED, Item.excepted_until <= now)
    reminded = [_remind(actor, key) for key in db.session.scalars(late.order_by(Item.key)).all()]
    ended = [_lapse(actor, key) for key in db.session.scalars(lapsed.order_by(Item.key)).all()]
    return sum(reminded) + sum(ended)


def _remind(actor: Actor, key: str) -> bool:
    with unit_of_work() as session:
        item, now = locked(session, key), clock.now()
        if item is None or item.state is not ItemState.NEEDS_ANSWER or item.due_at is None or item.due_at >= now:
            return False
        item.overdue_at = item.overdue_at or now
        if item.reminders >= provisions.integer("findings.reminders", clock.today()):
            move(actor, key, "give_up", f"{item.reminders} reminders brought no answer")
            return True
        item.reminders, item.due_at = item.reminders + 1, answer_due(item.run_row.plan_row)
        note(session, item, actor, "remind", "", before=item.state, reminders=item.reminders)
        tell_of_item(item, "")
    return True


def _lapse(actor: Actor, key: str) -> bool:
    with unit_of_work() as session:
        item = locked(session, key)
        if item is None or item.state is not ItemState.EXCEPTED:
            return False
        move(actor, key, "lapse", "the exception has run out")
        item.due_at, item.overdue_at, item.reminders = answer_due(item.run_row.plan_row), None, 0
    return True
