"""Reading notices, endpoints and deliveries: a company its own, staff what their offices and permissions show."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.notices.model import Delivery, Endpoint, NoMail, Notice, Reading
from registry.store import db
from registry.store.lists import page_of_keys

FRESH = dt.timedelta(days=90)  # older notices are on file, but nobody is asked to read them any more
MOST_UNREAD = 99  # counted one by one: beyond this a page says "99+"


def recipients(actor: Actor) -> list[str]:
    """Under which names notices reach somebody."""
    if actor.is_company:
        return [f"enterprise:{actor.enterprise}", f"account:{actor.name}"]
    offices = ["office:", f"office:{actor.office}"] if actor.office else ["office:"]
    return [*offices, f"account:{actor.name}"]


def listed(actor: Actor, request: PageRequest, *, unread: bool = False, **filters: str) -> Page[Notice]:
    """Notices for somebody, newest first: all or the unread ones, by event, subject_kind or subject."""
    query = sa.select(Notice.id).filter_by(**{name: value for name, value in filters.items() if value})
    if request.after:
        query = query.where(Notice.key < request.after)
    if unread:
        query = query.where(_unread(actor))
    ids = _of_each(actor, query, request.limit + 1)
    rows = db.session.scalars(
        sa.select(Notice).where(Notice.id.in_(ids)).order_by(Notice.key.desc()).limit(request.limit + 1)
    ).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], rows[request.limit - 1].key if more else "")


def one(actor: Actor, key: str) -> Notice:
    """One notice. Raises NotFound where there is none for this reader."""
    query = sa.select(Notice).where(Notice.key == key, _for(actor))
    if (found := db.session.scalar(query)) is None:
        raise NotFound("no_such_notice", f"there is no notice {key[:60]}")
    return found


def unread_count(actor: Actor) -> int:
    """How many notices somebody has not read, counted no further than a page would say."""
    return len(unread_ids(actor, MOST_UNREAD + 1))


def unread_ids(actor: Actor, most: int = 10_000) -> list[int]:
    """Fresh notices that somebody has not read, the newest first."""
    ids = _of_each(actor, sa.select(Notice.id).where(_unread(actor)), most)
    return list(db.session.scalars(ids.limit(most)))


def read_by(actor: Actor, notices: Iterable[Notice]) -> set[int]:
    """Which of these notices somebody has read."""
    query = sa.select(Reading.notice_id).where(
        Reading.reader == actor.name, Reading.notice_id.in_([notice.id for notice in notices])
    )
    return set(db.session.scalars(query))


def about(*subjects: tuple[str, str], most: int = 1000) -> list[Notice]:
    """Everything that was told of things (kind, key), to whomever, oldest first: for a dossier."""
    named = sa.tuple_(Notice.subject_kind, Notice.subject).in_(subjects)
    return list(db.session.scalars(sa.select(Notice).where(named).order_by(Notice.key).limit(most)))


def takes_mail(email: str) -> bool:
    """Whether an account takes notices by mail."""
    return db.session.get(NoMail, email) is None


def endpoints(actor: Actor, request: PageRequest, *, enterprise: str = "") -> Page[Endpoint]:
    """Endpoints that are open, by their keys."""
    query = sa.select(Endpoint).where(Endpoint.closed_at.is_(None))
    whose = actor.enterprise if actor.is_company else enterprise
    return page_of_keys(query.where(Endpoint.enterprise == whose) if whose else query, Endpoint.key, request)


def endpoint(actor: Actor, key: str, *, lock: bool = False) -> Endpoint:
    """One endpoint, also a closed one. Raises NotFound, also for another company's."""
    query = sa.select(Endpoint).where(Endpoint.key == key)
    if actor.is_company:
        query = query.where(Endpoint.enterprise == actor.enterprise)
    if (found := db.session.scalar(query.with_for_update() if lock else query)) is None:
        raise NotFound("no_such_endpoint", f"there is no endpoint {key[:60]}")
    return found


def deliveries(actor: Actor, request: PageRequest, **filters: Any) -> Page[Delivery]:
    """Deliveries, newest first, by target, state or channel; a company sees those to its own endpoints."""
    query = sa.select(Delivery).filter_by(**{name: value for name, value in filters.items() if value})
    if actor.is_company:
        query = query.where(Delivery.enterprise == actor.enterprise)
    if request.after:
        query = query.where(Delivery.key < request.after)
    rows = db.session.scalars(query.order_by(Delivery.key.desc()).limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], rows[request.limit - 1].key if more else "")


def delivery(actor: Actor, key: str, *, lock: bool = False) -> Delivery:
    """One delivery with its tries. Raises NotFound, also for another company's."""
    query = sa.select(Delivery).where(Delivery.key == key).options(selectinload(Delivery.attempts))
    if actor.is_company:
        query = query.where(Delivery.enterprise == actor.enterprise)
    if lock:
        query = query.with_for_update(of=Delivery)
    if (found := db.session.scalar(query)) is None:
        raise NotFound("no_such_delivery", f"there is no delivery {key[:60]}")
    return found


def _for(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(Notice.recipient.in_(recipients(actor)), _permitted(actor))


def _permitted(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.true() if actor.may("*") else Notice.needs.in_(["", *sorted(actor.permissions)])


def _unread(actor: Actor) -> sa.ColumnElement[bool]:
    read = sa.exists().where(Reading.notice_id == Notice.id, Reading.reader == actor.name)
    return sa.and_(Notice.at >= clock.now() - FRESH, ~read)


def _of_each(actor: Actor, query: sa.Select[int], most: int) -> Any:
    """The first rows for each name of a reader: one walk along the index for each, however much others were told."""
    parts = [
        query.where(Notice.recipient == each, _permitted(actor)).order_by(Notice.key.desc()).limit(most)
        for each in recipients(actor)
    ]
    return sa.union_all(*(sa.select(part.subquery().c.id) for part in parts))
