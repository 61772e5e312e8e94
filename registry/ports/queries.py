"""Reading ports and delegations as they were at a time, and the tree that the ports form by their digits."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.ports.model import Delegation, Port
from registry.ports.prefix import prefixes_of
from registry.store import db
from registry.store.lists import one_at, page_of_keys
from registry.store.periods import in_force

AFTER_DIGITS = ":"  # the character behind "9": what stands under a prefix lies between it and prefix + ":"


def under(column: Any, prefix: Any) -> sa.ColumnElement[bool]:
    """Whether a column's digits start with a prefix (a text or a column): a range, so that an index serves it."""
    upper = prefix + AFTER_DIGITS if isinstance(prefix, str) else prefix.concat(AFTER_DIGITS)
    return sa.and_(column >= prefix, column < sa.cast(upper, sa.Text(collation="C")))


def one(actor: Actor, port: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> Port:
    """The port as it was at a time. Raises NotFound, also where it does not concern the actor's enterprise."""
    query = _visible_ports(sa.select(Port).where(Port.port == port), actor, as_of, known_at)
    return one_at(query, Port, "port", as_of, known_at)


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    prefix: str = "",
    **filters: str,
) -> Page[Port]:
    """Ports in force at a time, by their digits: under a prefix, of a holder, use, level, office, standing."""
    query = sa.select(Port).where(in_force(Port, as_of, known_at)).filter_by(**_given(filters))
    if prefix:
        query = query.where(under(Port.port, prefix))
    return page_of_keys(_visible_ports(query, actor, as_of, known_at), Port.port, request)


def children(
    actor: Actor,
    request: PageRequest,
    parent: str = "",
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
) -> Page[Port]:
    """The registered ports directly below a prefix: no other registered port stands between. Empty: the topmost."""
    between = sa.orm.aliased(Port)
    lengths = sa.func.generate_series(max(len(parent) + 1, 3), sa.func.length(Port.port) - 1)
    length = lengths.table_valued("length").render_derived()
    nearer = (
        sa.select(sa.literal(1))
        .select_from(length)
        .join(between, between.port == sa.func.left(Port.port, length.c.length))
        .where(in_force(between, as_of, known_at))
        .correlate(Port)
    )
    query = sa.select(Port).where(in_force(Port, as_of, known_at), ~nearer.exists())
    if parent:
        query = query.where(under(Port.port, parent), Port.port != parent)
    return page_of_keys(_visible_ports(query, actor, as_of, known_at), Port.port, request)


def covering(port: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> list[Port]:
    """The registered ports under which a number stands at a time, itself first, then ever shorter ones."""
    query = sa.select(Port).where(Port.port.in_(prefixes_of(port)), in_force(Port, as_of, known_at))
    return list(db.session.scalars(query.order_by(sa.func.length(Port.port).desc())))


def holder_of(port: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> str | None:
    """Who holds a number at a time: the holder of the longest registered port that covers it."""
    found = covering(port, as_of, known_at)
    return found[0].holder if found else None


def delegation(
    actor: Actor, key: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> Delegation:
    """The delegation as it was at a time. Raises NotFound, also where it does not concern the actor's enterprise."""
    query = _visible_delegations(sa.select(Delegation).where(Delegation.key == key), actor, as_of, known_at)
    return one_at(query, Delegation, "delegation", as_of, known_at)


def delegations(
    actor: Actor,
    request: PageRequest,
    *,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
    port: str = "",
    **filters: str,
) -> Page[Delegation]:
    """Delegations in force at a time, by key: those that cover a port, from or to an enterprise, in a role."""
    query = sa.select(Delegation).where(in_force(Delegation, as_of, known_at)).filter_by(**_given(filters))
    if port:
        query = query.where(Delegation.port.in_(prefixes_of(port)))
    return page_of_keys(_visible_delegations(query, actor, as_of, known_at), Delegation.key, request)


def chain(port: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> list[Delegation]:
    """Every hop that covers a number at a time, the widest first."""
    query = sa.select(Delegation).where(Delegation.port.in_(prefixes_of(port)), in_force(Delegation, as_of, known_at))
    return list(db.session.scalars(query.order_by(Delegation.port, Delegation.key)))


def declared_users(port: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> frozenset[str]:
    """Everybody who may stand behind a number at a time: its holder and whoever a chain of hops reaches from there."""
    holder, hops = holder_of(port, as_of, known_at), chain(port, as_of, known_at)
    reached = {holder} if holder else set()
    while further := {hop.to_enterprise for hop in hops if hop.from_enterprise in reached} - reached:
        reached |= further
    return frozenset(reached)


def held_or_let(enterprise: str, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None) -> sa.Subquery:
    """The prefixes (column `port`) that an enterprise holds or lets others use at a time."""
    held = sa.select(Port.port).where(Port.holder == enterprise, in_force(Port, as_of, known_at))
    given = Delegation.from_enterprise == enterprise
    let = sa.select(Delegation.port).where(given, in_force(Delegation, as_of, known_at))
    return sa.union(held, let).subquery("mine")


def _visible_ports(
    query: sa.Select[Port], actor: Actor, as_of: dt.datetime | None, known_at: dt.datetime | None
) -> sa.Select[Port]:
    """A company sees what it holds, what it has to do with by a hop, all below that, and the ports above it."""
    if not actor.is_company:
        return query
    mine, shown = _concerning(str(actor.enterprise), as_of, known_at), sa.orm.aliased(Port)
    below = sa.select(shown.port).join(mine, under(shown.port, mine.c.port))
    length = sa.func.generate_series(3, sa.func.length(mine.c.port)).table_valued("length").render_derived()
    above = sa.select(sa.func.left(mine.c.port, length.c.length)).select_from(mine).join(length, sa.true())
    return query.where(sa.or_(Port.holder == actor.enterprise, Port.port.in_(below.union(above))))


def _visible_delegations(
    query: sa.Select[Delegation], actor: Actor, as_of: dt.datetime | None, known_at: dt.datetime | None
) -> sa.Select[Delegation]:
    """A company sees the hops from it and to it, and those on ports that it holds."""
    if not actor.is_company:
        return query
    hop, held = sa.orm.aliased(Delegation), sa.orm.aliased(Port)
    on_mine = (
        sa.select(hop.key)
        .join(held, under(hop.port, held.port))
        .where(held.holder == actor.enterprise, in_force(held, as_of, known_at))
    )
    party = sa.or_(Delegation.from_enterprise == actor.enterprise, Delegation.to_enterprise == actor.enterprise)
    return query.where(sa.or_(party, Delegation.key.in_(on_mine)))


def _concerning(enterprise: str, as_of: dt.datetime | None, known_at: dt.datetime | None) -> sa.Subquery:
    used = sa.select(Delegation.port).where(
        Delegation.to_enterprise == enterprise, in_force(Delegation, as_of, known_at)
    )
    return sa.union(sa.select(held_or_let(enterprise, as_of, known_at).c.port), used).subquery("concerning")


def _given(filters: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value}
