"""Reading the change feed."""

import sqlalchemy as sa

from registry.changes.model import Change
from registry.kernel.paging import Page, PageRequest
from registry.store import db


def after(request: PageRequest, enterprise: str | None = None, **filters: str) -> Page[Change]:
    """Changes after a position, oldest first, of a kind or key; for a company, only those that concern it."""
    query = sa.select(Change).order_by(Change.position).limit(request.limit + 1)
    query = query.filter_by(**{name: value for name, value in filters.items() if value})
    if enterprise is not None:
        query = query.where(Change.enterprises.contains([enterprise]))
    if request.after.isdecimal():
        query = query.where(Change.position > int(request.after))
    rows = db.session.scalars(query).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], str(rows[request.limit - 1].position) if more else "")
