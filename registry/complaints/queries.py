"""Reading complaints."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.complaints import policy
from registry.complaints.model import Complaint
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.ports.queries import held_or_let, under
from registry.store import db
from registry.store.lists import page_of_keys


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    received_from: dt.datetime | None = None,
    received_until: dt.datetime | None = None,
    prefix: str = "",
    unanswered: bool = False,
    overdue: bool = False,
    **filters: str,
) -> Page[Complaint]:
    """Complaints by key: of a port or all under a prefix, a signature, channel, province, received in a time; those
    that nobody has answered, or not by their last day.

    A company sees those about ports that it holds or lets others use.
    """
    query = sa.select(Complaint).filter_by(**{name: value for name, value in filters.items() if value})
    if prefix:
        query = query.where(under(Complaint.port, prefix))
    if received_from:
        query = query.where(Complaint.received_at >= received_from)
    if received_until:
        query = query.where(Complaint.received_at < received_until)
    if unanswered or overdue:
        query = query.where(Complaint.answered_at.is_(None))
    if overdue:
        since, before = policy.overdue(clock.today())
        query = query.where(Complaint.received_at >= since, Complaint.received_at < before)
    return page_of_keys(_visible(query, actor), Complaint.key, request)


def held(key: str) -> Complaint:
    """One complaint, held until the commit. Raises NotFound."""
    row = db.session.scalar(sa.select(Complaint).filter_by(key=key).with_for_update())
    if row is None:
        raise NotFound("no_such_complaint", f"there is no complaint {key[:60]}")
    return row


def _visible(query: Any, actor: Actor) -> Any:
    if not actor.is_company:
        return query
    mine = held_or_let(str(actor.enterprise))
    return query.where(sa.exists().where(under(Complaint.port, mine.c.port)))
