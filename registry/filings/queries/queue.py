"""The queue: in which order filings wait for a reviewer, at which place one stands, and what is next."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.filings import policy
from registry.filings.kinds import Priority
from registry.filings.model import Filing
from registry.filings.queries.filings import find, visible
from registry.filings.workflow import OPEN, TO_WORK, State
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.store import db

UNCLAIMED = (State.SUBMITTED, State.AWAITING_SECOND)


def order() -> tuple[Any, ...]:
    """What ends a risk, then what is late, then by priority and day; of one day what risks most, then the oldest.

    What needs the most care begins first of its day, so that two reviewers can keep the day that was promised.
    """
    day = sa.func.date(sa.func.timezone("Asia/Shanghai", Filing.queue_at))
    urgent = sa.case((Filing.priority == Priority.P0, 0), (is_late(), 1), else_=2)
    return (urgent, sa.cast(Filing.priority, sa.Text), day, -Filing.risk, Filing.queue_at, Filing.id)


def is_late() -> sa.ColumnElement[bool]:
    """Whether the promised day is over and nobody has decided."""
    return sa.and_(Filing.due_at < clock.now(), Filing.state.in_(OPEN))


def queue(
    actor: Actor, request: PageRequest | None = None, *, late: bool = False, mine: bool = False, **filters: str
) -> Page[Filing]:
    """What waits for a reviewer, in its order; own claims and second reviews are in it too."""
    request = request or PageRequest(limit=100)
    query = visible(actor).where(Filing.state.in_(TO_WORK))
    query = query.filter_by(**{name: value for name, value in filters.items() if value})
    query = query.where(is_late()) if late else query
    query = query.where(Filing.claimed_by.in_(actor.eyes)) if mine else query
    query = query.where(sa.tuple_(*order()) > _row_of(request.after)) if request.after else query
    rows = db.session.scalars(query.order_by(*order()).limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], rows[request.limit - 1].key if more else "")


def next_of_queue(actor: Actor) -> Filing | None:
    """The first unclaimed one that somebody may decide on, locked; what others have locked is passed over."""
    names = sorted(actor.eyes)
    query = visible(actor).where(
        Filing.state == State.SUBMITTED, ~Filing.authors.overlap(names), ~Filing.barred.overlap(names)
    )
    query = query.order_by(*order()).limit(1).with_for_update(skip_locked=True, of=Filing)
    return db.session.scalar(query.execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a filing stands among those that wait in its office: `place` of `waiting`; None where it does not wait.

    `provisional`: the promised day lies in a year whose holidays are not announced. `may_urge`: it was not urged today.
    """

    filing: Filing
    place: int | None
    waiting: int
    provisional: bool
    may_urge: bool


def place(actor: Actor, key: str) -> Place:
    """What an applicant asks: how many stand before it, until when is it promised. Raises NotFound."""
    filing, now = find(actor, key), clock.now()
    before = waits = 0
    if filing.state in UNCLAIMED:
        counted = sa.select(sa.func.count(), sa.func.count().filter(sa.tuple_(*order()) < _row_of(key)))
        counted = counted.where(Filing.state.in_(UNCLAIMED), Filing.office == filing.office)
        waits, before = db.session.execute(counted).one()
    at = before + 1 if waits else None
    may_urge = filing.state in TO_WORK and not policy.urged_today(filing.urged_at, now)
    return Place(filing, at, waits, policy.provisional(filing.due_at), may_urge)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many filings wait, by state; how many are late; how many this actor has claimed."""

    by_state: dict[str, int]
    late: int
    mine: int


def waiting(actor: Actor) -> Waiting:
    """What a home page shows of the queue."""
    seen = visible(actor).where(Filing.state.in_(OPEN)).subquery()
    rows = db.session.execute(sa.select(seen.c.state, sa.func.count()).group_by(seen.c.state)).all()
    late = sa.select(sa.func.count()).select_from(seen).where(seen.c.due_at < clock.now())
    mine = sa.select(sa.func.count()).select_from(seen).where(seen.c.claimed_by.in_(actor.eyes))
    counts = {State(state).value: count for state, count in rows}
    return Waiting(counts, db.session.scalar(late) or 0, db.session.scalar(mine) or 0)


def _row_of(key: str) -> Any:
    return sa.select(*order()).where(Filing.key == key).scalar_subquery()
