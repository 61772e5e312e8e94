"""Extensions that stay allotted though the last permit on them is over: reads."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.lifecycle import usage
from registry.permits.model import Permit
from registry.ports.model import Port, PortLevel
from registry.ports.prefix import LEAST_DIGITS
from registry.ports.queries import under
from registry.store import db
from registry.store.lists import page_of_keys
from registry.store.periods import in_force, known, open_after


@dataclass(frozen=True, slots=True)
class Idle:
    """An extension without a permit: whose, since when the last one is over, when anything was seen on it."""

    port: str
    holder: str
    since: dt.datetime
    last_seen: dt.date | None = None


def idle(actor: Actor, request: PageRequest) -> Page[Idle]:
    """Extensions in force whose permits are all over, by number; a company those that it holds.

    Not those that never had one, nor those above a number that has one or under a permit of a whole prefix.
    """
    query = _idle(clock.now())
    if actor.is_company:
        query = query.where(Port.holder == actor.enterprise)
    page = page_of_keys(query, Port.port, request)
    return Page(_told(page.items), page.after)


def is_idle(port: str) -> bool:
    """Whether a number is such an extension now."""
    return db.session.scalar(_idle(clock.now()).where(Port.port == port)) is not None


def _idle(now: dt.datetime) -> sa.Select[Port]:
    over, stands, wide = aliased(Permit), aliased(Permit), aliased(Permit)
    had = sa.exists().where(known(over), sa.func.rtrim(over.port, "*") == Port.port, sa.func.upper(over.valid) <= now)
    has = sa.exists().where(known(stands), open_after(stands, now), under(stands.port, Port.port))
    length = sa.func.generate_series(LEAST_DIGITS, sa.func.length(Port.port) - 1).table_valued("n").render_derived()
    covered = (
        sa.select(sa.literal(1))
        .select_from(length)
        .join(wide, wide.port == sa.func.left(Port.port, length.c.n).concat("*"))
        .where(known(wide), open_after(wide, now))
        .correlate(Port)
    )
    extension = Port.level == PortLevel.EXTENSION
    return sa.select(Port).where(extension, in_force(Port, now), had, ~has, ~covered.exists())


def _told(rows: Sequence[Port]) -> list[Idle]:
    numbers = [row.port for row in rows]
    ends = sa.func.max(sa.func.upper(Permit.valid))
    number = sa.func.rtrim(Permit.port, "*")
    query = sa.select(number, ends).where(known(Permit), number.in_(numbers)).group_by(number)
    since: dict[str, dt.datetime] = dict(db.session.execute(query).all()) if numbers else {}
    seen = usage.under(numbers)
    return [Idle(row.port, row.holder, since[row.port], seen.get(row.port)) for row in rows]
