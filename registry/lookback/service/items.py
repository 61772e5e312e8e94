"""What every change of an item writes: a step for whoever looks at the item, an event for the audit trail."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.audit.service import plain
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.lookback.kinds import ItemState
from registry.lookback.model import Item, Run, Step
from registry.lookback.workflow import MACHINE
from registry.store import unit_of_work
from registry.store.version import expect


def locked(session: Session, key: str) -> Item | None:
    """The item as it is now, held until the commit."""
    query = sa.select(Item).where(Item.key == key).with_for_update(of=Item)
    return session.scalar(query.execution_options(populate_existing=True))


def locked_run(session: Session, key: str) -> Run:
    """The run as it is now, held until the commit."""
    query = sa.select(Run).where(Run.key == key).with_for_update(of=Run)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def seen(actor: Actor, session: Session, key: str, version: int | None) -> Item:
    """The item, held until the commit, where the actor may see it and it is at the version that it decides on."""
    item = locked(session, key)
    if item is None or _hidden(actor, item):
        raise NotFound("no_such_item", f"there is no look-back item {key[:60]}")
    expect(item, version)
    return item


def move(actor: Actor, key: str, action: str, text: str, *, version: int | None = None, **content: Any) -> Item:
    """The one door for what people and the clock do: look-up, permission, guard, change, step and event."""
    with unit_of_work() as session:
        item = seen(actor, session, key, version)
        before = item.state
        item.state = MACHINE.move(item, before, action, actor)
        note(session, item, actor, action, text, before=before, **content)
        session.flush()
    return item


def note(
    session: Session, item: Item, actor: Actor, action: str, text: str, *, before: ItemState, **content: Any
) -> None:
    """One step and one event."""
    kept = plain(content)
    session.add(Step(item_id=item.id, at=clock.now(), actor=actor.name, action=action, text=text, content=kept))
    session.expire(item, ["steps"])
    after = {"state": item.state, "subject": f"{item.subject_kind} {item.subject}", **kept}
    verb = f"lookback.{action}"
    audit.record(actor, verb, "lookback_item", item.key, before={"state": before}, after=after, reason=text)


def _hidden(actor: Actor, item: Item) -> bool:
    return actor.is_company and (item.enterprise != actor.enterprise or item.state is ItemState.WAITING)
