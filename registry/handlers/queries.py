"""Reading handlers: a company its own, staff all; always masked. Found by the keyed hash of an ID or phone number."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from registry.enterprises.model import Enterprise
from registry.handlers.model import Handler
from registry.kernel.actor import Actor
from registry.kernel.components import components
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.papers.personal import keyed_hash
from registry.store import db
from registry.store.lists import page_of_keys


@dataclass(frozen=True, slots=True)
class Standing:
    """How a handler stands to enterprises: one of ours or not, whose, how many others the person serves, its hash."""

    known: bool
    enterprise: str
    others: int
    id_hash: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A handler as it is shown."""

    key: str
    enterprise: str
    name: str
    id_number: str
    phone: str
    made_at: object
    ended_at: object
    erased_at: object


def shown(row: Handler) -> Person:
    """A handler with its values masked."""
    told = {"name": "", "id_number": "", "phone": ""} | json.loads(row.masked)
    return Person(row.key, row.enterprise, **told, made_at=row.made_at, ended_at=row.ended_at, erased_at=row.erased_at)


def one(actor: Actor, key: str, *, lock: bool = False) -> Handler:
    """One handler. Raises NotFound, also for another company's."""
    query = _visible(actor).where(Handler.key == key)
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("no_such_handler", f"there is no handler {key[:60]}")
    return found


def listed(actor: Actor, request: PageRequest, *, enterprise: str = "") -> Page[Person]:
    """Handlers by key, which is by age."""
    query = _visible(actor)
    page = page_of_keys(query.where(Handler.enterprise == enterprise) if enterprise else query, Handler.key, request)
    return Page([shown(row) for row in page.items], page.after)


def found_by(id_number: str = "", phone: str = "") -> list[Person]:
    """Every handler with an ID or a telephone number, however it is written; nothing without either."""
    wanted = [
        column == keyed_hash(value)
        for column, value in ((Handler.id_hash, id_number), (Handler.phone_hash, phone))
        if value.strip()
    ]
    if not wanted:
        return []
    rows = db.session.scalars(sa.select(Handler).where(sa.or_(*wanted)).order_by(Handler.key).limit(1000))
    return [shown(row) for row in rows]


def others_served(key: str, enterprise: str) -> list[str]:
    """Codes of other enterprises that a handler acts for: by ID number, by telephone number, or under the same key."""
    row = db.session.scalar(sa.select(Handler).where(Handler.key == key))
    named = sa.select(Enterprise.code).where(Enterprise.handler == key, Enterprise.code != enterprise)
    codes = set(db.session.scalars(named.limit(100))) if key else set()
    if row is not None:
        codes |= set(db.session.scalars(_of_same_person(row, enterprise)))
    return sorted(codes)


def standing(key: str, enterprise: str) -> Standing:
    """How the handler that an enterprise names stands to it and to others."""
    row = db.session.execute(sa.select(Handler.enterprise, Handler.id_hash).where(Handler.key == key)).one_or_none()
    others = len(others_served(key, enterprise))
    return Standing(row is not None, row.enterprise if row else "", others, row.id_hash if row else "")


def persons() -> dict[str, str]:
    """Handlers who act for somebody, by key, each with the least key of the same person: by ID or telephone number."""
    rows = db.session.execute(
        sa.select(Handler.key, Handler.id_hash, Handler.phone_hash)
        .where(Handler.ended_at.is_(None))
        .order_by(Handler.key)
    ).all()
    person = components((row.key, mark) for row in rows for mark in (f"i {row.id_hash}", f"p {row.phone_hash}"))
    least: dict[str, str] = {}
    return {row.key: least.setdefault(person[row.key], row.key) for row in rows}


def of_keys(keys: Iterable[str]) -> dict[str, Person]:
    """Several handlers by their keys."""
    rows = db.session.scalars(sa.select(Handler).where(Handler.key.in_(list(keys))))
    return {row.key: shown(row) for row in rows}


def _of_same_person(row: Handler, enterprise: str) -> sa.Select[str]:
    same = [
        column == value
        for column, value in ((Handler.id_hash, row.id_hash), (Handler.phone_hash, row.phone_hash))
        if value
    ]
    acting = (Handler.ended_at.is_(None), Handler.enterprise != enterprise)
    return sa.select(Handler.enterprise).where(sa.or_(sa.false(), *same), *acting).distinct().limit(100)


def _visible(actor: Actor) -> sa.Select[Handler]:
    query = sa.select(Handler)
    if not actor.is_company:
        return query
    return query.where(sa.or_(Handler.enterprise == actor.enterprise, Handler.brought_by == actor.enterprise))
