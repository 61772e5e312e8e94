"""Reading asks: a company sees what it was asked, staff all."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from registry.asks.model import Ask
from registry.asks.workflow import OPEN, AskState
from registry.detection.model import Case
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys


def ask(actor: Actor, key: str) -> Ask:
    """One ask with its steps. Raises NotFound, also where somebody else was asked."""
    query = _visible(actor).where(Ask.key == key).options(selectinload(Ask.case_row), selectinload(Ask.steps))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("no_such_ask", f"there is no ask {key[:60]}")
    return found


def asks(actor: Actor, request: PageRequest, *, case: str = "", overdue: bool = False, **filters: str) -> Page[Ask]:
    """Asks by their keys, oldest first: of a case, state, enterprise, element; those whose day is gone."""
    query = _visible(actor).filter_by(**{name: value for name, value in filters.items() if value})
    if case:
        query = query.where(Ask.case_row.has(Case.key == case))
    if overdue:
        query = query.where(Ask.state == AskState.ASKED, Ask.due_at < clock.now())
    return page_of_keys(query.options(selectinload(Ask.case_row)), Ask.key, request)


def of_case(case_id: int) -> Sequence[Ask]:
    """Everything asked for a case, oldest first."""
    query = sa.select(Ask).where(Ask.case_id == case_id).order_by(Ask.key)
    return db.session.scalars(query.options(selectinload(Ask.case_row))).all()


def open_of_case(case_id: int) -> Sequence[Ask]:
    """What a case still waits for, or has not looked at."""
    return db.session.scalars(sa.select(Ask).where(Ask.case_id == case_id, Ask.state.in_(OPEN))).all()


def waiting(actor: Actor) -> int:
    """How many originals an actor's enterprise is asked for now; for staff, how many came in and wait for a look."""
    state = AskState.ASKED if actor.is_company else AskState.RECEIVED
    counted = sa.select(sa.func.count()).select_from(_visible(actor).where(Ask.state == state).subquery())
    return db.session.scalar(counted) or 0


def to_remind(before: dt.datetime, not_since: dt.datetime) -> Sequence[str]:
    """Keys of asks that are due before a moment and that nobody was reminded of since another."""
    late = sa.or_(Ask.reminded_at.is_(None), Ask.reminded_at < not_since)
    query = sa.select(Ask.key).where(Ask.state == AskState.ASKED, Ask.due_at < before, Ask.asked_at < not_since, late)
    return db.session.scalars(query.order_by(Ask.key)).all()


def _visible(actor: Actor) -> sa.Select[Ask]:
    query = sa.select(Ask)
    return query.where(Ask.enterprise == actor.enterprise) if actor.is_company else query
