"""Reading permits as they were at a time, and finding the one that governs."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.kernel.paging import Page, PageRequest
from registry.law import provisions
from registry.law.divisions import province_bits
from registry.permits.governing import Candidate, matching
from registry.permits.model import Beneficiary, Permit, Template
from registry.permits.scope import UNLIMITED, Scope
from registry.permits.scope_values import (
    Link,
    contact,
    contacts_declared,
    declared_link,
    hours_bits,
    links_declared,
    unlimited_if_none,
)
from registry.permits.template_shape import told
from registry.ports.prefix import pattern, prefixes_of
from registry.ports.queries import held_or_let, under
from registry.store import db
from registry.store.lists import one_at, page_of_keys
from registry.store.periods import in_force
from registry.texts.category import category_bits

Row = TypeVar("Row", Beneficiary, Template)


def one(actor: Actor, key: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> Permit:
    """The permit as it was at a time. Raises NotFound, also where it does not concern the actor's enterprise."""
    query = _visible(sa.select(Permit).where(Permit.key == key), actor, as_of, known_at)
    return one_at(query, Permit, "permit", as_of, known_at)


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    port: str = "",
    **filters: str,
) -> Page[Permit]:
    """Permits valid at a time, by key: that apply to a port, of a signature, owner, user, letter, standing.

    What a measure takes from them is not taken off here: the room of measures says it.
    """
    query = sa.select(Permit).where(in_force(Permit, as_of, known_at))
    query = query.filter_by(**{name: value for name, value in filters.items() if value})
    if port:
        query = query.where(Permit.port.in_(applying_to(port)))
    return page_of_keys(_visible(query, actor, as_of, known_at), Permit.key, request)


def applying_to(port: str) -> list[str]:
    """How a permit's `port` is written where it applies to a number: itself, or a prefix of it with a `*`.

    Of a pattern that ends in `*`: the pattern itself and wider ones.
    """
    digits = port.removesuffix("*")
    exact = [] if port.endswith("*") else [digits]
    return exact + [f"{prefix}*" for prefix in prefixes_of(digits)]


def governing(
    port: str,
    signature: str,
    user: str | None = None,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    *,
    actor: Actor = SYSTEM,
) -> list[Permit]:
    """The permits that apply to a signature on a port at a time, the governing one first.

    Every user's where none is said: so it is judged where the submitter is unknown. Only what `actor` may see.
    """
    query = sa.select(Permit).where(Permit.port.in_(applying_to(port)), Permit.signature == signature)
    query = _visible(query.where(in_force(Permit, as_of, known_at)), actor, as_of, known_at)
    rows = list(db.session.scalars(query))
    by_key = {row.key: row for row in rows}
    users, at = None if user is None else frozenset({user}), as_of or clock.now()
    return [by_key[each.permit] for each in matching((candidate_of(row, at) for row in rows), port, users)]


def candidate_of(row: Permit, at: dt.datetime, links: Sequence[Link] = (), contacts: Sequence[str] = ()) -> Candidate:
    """A permit as the rules of scope read it at a time, held against the links and contacts of one usage.

    Where it names no hours, the general rule of marketing hours of that day counts.
    """
    scope = Scope(
        categories=category_bits(row.categories),
        provinces=province_bits(row.provinces) if row.provinces else UNLIMITED,
        valid_from=clock.millis(row.valid_from),
        valid_until=clock.millis(row.valid_until) if row.valid_until else UNLIMITED,
        hours=hours_bits(row.hours or provisions.text("marketing.hours", at)),
        monthly_volume=unlimited_if_none(row.monthly_volume),
        links=links_declared(links, [declared_link(each) for each in row.links]),
        contacts=contacts_declared(contacts, [contact(each) for each in row.contacts]),
    )
    return Candidate(row.key, pattern(row.port), row.user, scope)


def history(key: str) -> list[Permit]:
    """Every version of a permit that was ever recorded, the oldest record first."""
    query = sa.select(Permit).where(Permit.key == key)
    return list(db.session.scalars(query.order_by(Permit.recorded_at, Permit.valid)))


def beneficiaries(
    permit: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> list[Beneficiary]:
    """Whose content may stand under a permit at a time."""
    return _of_permit(Beneficiary, permit, as_of, known_at)


def templates(permit: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> list[Template]:
    """The texts filed for a permit, in force at a time."""
    return _of_permit(Template, permit, as_of, known_at)


def held_against(
    actor: Actor, permit: str, text: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> list[tuple[Template, list[str] | None]]:
    """Each text filed for a permit with what its variables hold in a message, None where that is of another shape.

    Raises NotFound where the permit does not concern the actor's enterprise.
    """
    row = one(actor, permit, as_of, known_at)
    endings = provisions.words("optout.wordings", as_of or clock.now())
    found = templates(permit, as_of, known_at)
    return [(each, told(each.body, text, row.signature, endings) if text else None) for each in found]


def visible_keys(
    enterprise: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> sa.Select[str]:
    """The keys of the permits that concern an enterprise at a time."""
    mine, shown = held_or_let(enterprise, as_of, known_at), sa.orm.aliased(Permit)
    on_mine = sa.select(shown.key).join(mine, under(shown.port, mine.c.port))
    own = sa.select(Permit.key).where(sa.or_(Permit.owner == enterprise, Permit.user == enterprise))
    return sa.select(on_mine.union(own).subquery("seen").c.key)


def _visible(
    query: sa.Select[Permit], actor: Actor, as_of: dt.datetime | None, known_at: dt.datetime | None
) -> sa.Select[Permit]:
    """A company sees permits as owner, as user, and on ports that it holds or lets others use."""
    if not actor.is_company:
        return query
    return query.where(Permit.key.in_(visible_keys(str(actor.enterprise), as_of, known_at)))


def _of_permit(table: type[Row], permit: str, as_of: dt.datetime | None, known_at: dt.datetime | None) -> list[Row]:
    query = sa.select(table).filter_by(permit=permit).where(in_force(table, as_of, known_at))
    return list(db.session.scalars(query.order_by(table.row_id)))
