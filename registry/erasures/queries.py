"""Reading what was erased: a company what was its own."""

import sqlalchemy as sa

from registry.erasures.model import Erasure
from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys


def listed(actor: Actor, request: PageRequest, **filters: str | None) -> Page[Erasure]:
    """Erasures by key, which is by age: of a kind, of one thing, of an enterprise."""
    query = sa.select(Erasure).filter_by(**{name: value for name, value in filters.items() if value})
    if actor.is_company:
        query = query.where(Erasure.enterprise == actor.enterprise)
    return page_of_keys(query, Erasure.key, request)


def of(subject: str) -> Erasure | None:
    """The erasure of one thing, None while it is there."""
    return db.session.scalar(sa.select(Erasure).filter_by(subject=subject).limit(1))
