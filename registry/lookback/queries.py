"""Reading plans, runs and items. For pages: `plans`, `plan`, `runs`, `run`, `totals`, `items`, `item`, `waiting`.

A company sees the items it answers for once the run has come to them; plans and runs are the carrier's own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.lookback import policy
from registry.lookback.kinds import ItemState, Outcome
from registry.lookback.model import Item, Plan, Run
from registry.store import db
from registry.store.lists import page_of_keys

CHUNK = 1000


def plan(actor: Actor, key: str) -> Plan:
    """One plan by its key or name. Raises NotFound, for companies always."""
    found = None
    if not actor.is_company:
        found = db.session.scalar(sa.select(Plan).where(sa.or_(Plan.key == key, Plan.name == key)))
    if found is None:
        raise NotFound("no_such_plan", f"there is no look-back plan {key[:100]}")
    return found


def plans(actor: Actor, request: PageRequest, *, active: bool | None = None) -> Page[Plan]:
    """Plans by their keys, oldest first; none for a company."""
    query = sa.select(Plan)
    if actor.is_company:
        query = query.where(sa.false())
    return page_of_keys(query if active is None else query.where(Plan.active == active), Plan.key, request)


def run(actor: Actor, key: str) -> Run:
    """One run. Raises NotFound, for companies always."""
    found = None if actor.is_company else db.session.scalar(sa.select(Run).where(Run.key == key))
    if found is None:
        raise NotFound("no_such_run", f"there is no look-back run {key[:60]}")
    return found


def runs(actor: Actor, request: PageRequest, *, plan: str = "", **filters: Any) -> Page[Run]:
    """Runs by their keys, oldest first, of a plan (its key), in a state; none for a company."""
    query = sa.select(Run).filter_by(**_given(filters))
    if actor.is_company:
        query = query.where(sa.false())
    if plan:
        query = query.where(Run.plan_row.has(key=plan))
    return page_of_keys(query, Run.key, request)


def latest_runs(actor: Actor, count: int = 10, plan: str = "") -> list[Run]:
    """The last runs (of a plan), newest first; none for a company."""
    query = sa.select(Run).order_by(Run.key.desc()).limit(0 if actor.is_company else count)
    return list(db.session.scalars(query.where(Run.plan_row.has(key=plan)) if plan else query))


def totals(run: Run) -> dict[str, int]:
    """How many items a run has, still waiting, and of each outcome: `items` is the sum of all others."""
    return totals_of([run])[run.key]


def totals_of(runs: Iterable[Run]) -> dict[str, dict[str, int]]:
    """`totals` of several runs by their keys, in one query: for lists."""
    named = {each.id: each.key for each in runs}
    query = sa.select(Item.run_id, Item.state, sa.func.count()).where(Item.run_id.in_(named))
    counted: dict[int, dict[ItemState, int]] = {number: {} for number in named}
    for number, state, count in db.session.execute(query.group_by(Item.run_id, Item.state)):
        counted[number][state] = count
    return {named[number]: policy.totals(states) for number, states in counted.items()}


def item(actor: Actor, key: str) -> Item:
    """One item with its steps. Raises NotFound, also where it is none of the actor's business."""
    query = _visible(actor).where(Item.key == key).options(selectinload(Item.steps))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("no_such_item", f"there is no look-back item {key[:60]}")
    return found


def items(
    actor: Actor,
    request: PageRequest,
    *,
    run: str = "",
    outcome: Outcome | None = None,
    overdue: bool = False,
    **filters: Any,
) -> Page[Item]:
    """Items in the order of their runs and turns: of a run, outcome, state, subject_kind, subject, enterprise."""
    query = _visible(actor).filter_by(**_given(filters))
    if run:
        query = query.where(Item.run_row.has(key=run))
    if outcome:
        query = query.where(Item.state.in_([each for each in ItemState if policy.outcome_of(each) is outcome]))
    if overdue:
        query = query.where(Item.overdue_at.is_not(None), Item.state == ItemState.NEEDS_ANSWER)
    return page_of_keys(query, Item.key, request)


def every_item(run: Run) -> Iterator[Item]:
    """All items of a run in their turn, in bounded memory: for reports."""
    last = ""
    while True:
        query = sa.select(Item).where(Item.run_id == run.id, Item.key > last).options(selectinload(Item.steps))
        rows = db.session.scalars(query.order_by(Item.key).limit(CHUNK)).all()
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1].key


def of_subject(actor: Actor, subject_kind: str, subject: str) -> list[Item]:
    """What look-backs made of one entry of the registry, newest first: for its page."""
    query = _visible(actor).where(Item.subject_kind == subject_kind, Item.subject == subject)
    return list(db.session.scalars(query.order_by(Item.key.desc())))


def waiting(actor: Actor) -> dict[str, int]:
    """What waits: how many items are in each state in which somebody has to do something, and how many are overdue."""
    states = (ItemState.NEEDS_ANSWER, ItemState.ANSWERED, ItemState.NOT_CHECKABLE, ItemState.UNREACHABLE)
    seen = _visible(actor).subquery()
    query = sa.select(seen.c.state, sa.func.count()).where(seen.c.state.in_(states)).group_by(seen.c.state)
    counted = {state.value: 0 for state in states} | {str(state): count for state, count in db.session.execute(query)}
    late = sa.select(sa.func.count()).select_from(seen)
    late = late.where(seen.c.overdue_at.is_not(None), seen.c.state == ItemState.NEEDS_ANSWER)
    return counted | {"overdue": db.session.scalar(late) or 0}


def unfinished() -> list[Run]:
    """Runs that were ordered and have not ended, oldest first."""
    return list(db.session.scalars(sa.select(Run).where(Run.ended_at.is_(None)).order_by(Run.key)))


def _visible(actor: Actor) -> sa.Select[Item]:
    query = sa.select(Item)
    if actor.is_company:
        query = query.where(Item.enterprise == actor.enterprise, Item.state != ItemState.WAITING)
    return query


def _given(filters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if value}
