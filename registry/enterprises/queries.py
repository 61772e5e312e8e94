"""Reading enterprises: by code, in pages, with the names and ties they had at a time."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from registry.enterprises import identity
from registry.enterprises.model import Enterprise, EnterpriseName, Relation, Submitter
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys
from registry.store.periods import in_force, known


def find(code: str, *, lock: bool = False) -> Enterprise:
    """The enterprise with this code, however it is written. Raises NotFound."""
    query = sa.select(Enterprise).filter_by(code=_canonical(code))
    row = db.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound("no_such_enterprise", f"there is no enterprise {code[:80]}", fix="register it first")
    return row


def seen_by(actor: Actor, code: str) -> Enterprise:
    """The enterprise, where this actor may see it: a company sees itself. Raises NotFound."""
    row = find(code)
    if actor.is_company and row.code != actor.enterprise:
        raise NotFound("no_such_enterprise", f"there is no enterprise {code[:80]}")
    return row


def listed(
    actor: Actor, request: PageRequest, *, name: str = "", role: str = "", handler: str = "", province: str = ""
) -> Page[Enterprise]:
    """Enterprises by code: those whose name holds a text, that have a role, a handler, a province."""
    query = sa.select(Enterprise)
    if actor.is_company:
        query = query.where(Enterprise.code == actor.enterprise)
    if name:
        query = query.where(Enterprise.name.contains(name, autoescape=True))
    if role:
        query = query.where(Enterprise.roles.contains([role]))
    if handler:
        query = query.where(Enterprise.handler == handler)
    if province:
        query = query.where(Enterprise.province == province)
    return page_of_keys(query, Enterprise.code, request)


def former_names(code: str) -> list[EnterpriseName]:
    """The names that an enterprise no longer bears, oldest first."""
    query = sa.select(EnterpriseName).where(EnterpriseName.enterprise == code, known(EnterpriseName))
    return list(db.session.scalars(query.order_by(EnterpriseName.valid)))


def name_at(code: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> str:
    """The name that an enterprise bore at a time. Raises NotFound."""
    query = sa.select(EnterpriseName.name).where(
        EnterpriseName.enterprise == code, in_force(EnterpriseName, as_of, known_at)
    )
    return db.session.scalar(query.limit(1)) or find(code).name


def relations(code: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> list[Relation]:
    """The ties of an enterprise in force at a time, from it and to it."""
    of_it = sa.or_(Relation.from_enterprise == code, Relation.to_enterprise == code)
    query = sa.select(Relation).where(of_it, in_force(Relation, as_of, known_at))
    return list(db.session.scalars(query.order_by(Relation.from_enterprise, Relation.to_enterprise)))


def submitter_owner(
    submitter: str, gateway: str = "", as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> str | None:
    """The enterprise behind an account at a gateway at a time: the gateway's own entry before that for all of them."""
    query = sa.select(Submitter.enterprise).where(
        Submitter.submitter == submitter, Submitter.gateway.in_(("", gateway)), in_force(Submitter, as_of, known_at)
    )
    return db.session.scalar(query.order_by(Submitter.gateway.desc()).limit(1))


def submitters(code: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> list[Submitter]:
    """The accounts at gateways that belong to an enterprise at a time."""
    query = sa.select(Submitter).where(Submitter.enterprise == code, in_force(Submitter, as_of, known_at))
    return list(db.session.scalars(query.order_by(Submitter.gateway, Submitter.submitter)))


def _canonical(code: str) -> str:
    try:
        return identity.parse(code).code
    except ValueError:
        return code


def names_of(codes: Iterable[str | None]) -> dict[str, str]:
    """The present names of several enterprises, by code; a code that is not registered is left out."""
    query = sa.select(Enterprise.code, Enterprise.name).where(Enterprise.code.in_({code for code in codes if code}))
    return {row.code: row.name for row in db.session.execute(query)}
