"""Reading complaints."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.complaints.model import Complaint
from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.ports.queries import held_or_let, under
from registry.store.lists import page_of_keys


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    received_from: dt.datetime | None = None,
    received_until: dt.datetime | None = None,
    prefix: str = "",
    **filters: str,
) -> Page[Complaint]:
    """Complaints by key: of a port or all under a prefix, a signature, channel, province, received in a time.

    A company sees those about ports that it holds or lets others use.
    """
    query = sa.select(Complaint).filter_by(**{name: value for name, value in filters.items() if value})
    if prefix:
        query = query.where(under(Complaint.port, prefix))
    if received_from:
        query = query.where(Complaint.received_at >= received_from)
    if received_until:
        query = query.where(Complaint.received_at < received_until)
    return page_of_keys(_visible(query, actor), Complaint.key, request)


def _visible(query: Any, actor: Actor) -> Any:
    if not actor.is_company:
        return query
    mine = held_or_let(str(actor.enterprise))
    return query.where(sa.exists().where(under(Complaint.port, mine.c.port)))
