"""What ends soon, what lapses, what rests: reads."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from registry.enterprises.model import Enterprise
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.paging import Page, PageRequest
from registry.law import provisions
from registry.lifecycle import policy, usage
from registry.lifecycle.kinds import Expiring
from registry.lifecycle.model import Lapse
from registry.papers.model import Paper
from registry.permits.model import Permit
from registry.ports.model import Delegation, Port, PortLevel
from registry.signatures.model import Letter, Signature
from registry.store import db
from registry.store.lists import page_of_keys
from registry.store.periods import known

MOST_SHOWN = 500
IN_USE = dt.timedelta(days=30)  # seen within these days: still in use


@dataclass(frozen=True, slots=True)
class Ending:
    """A thing that ends: who must care, on which day it is no longer in force, when it was last seen in use."""

    what: Expiring
    key: str
    label: str
    enterprises: tuple[str, ...]
    ends_at: dt.datetime
    last_seen: dt.date | None = None

    @property
    def days_left(self) -> int:
        """Whole days of Asia/Shanghai until it ends."""
        return (clock.local_day(self.ends_at) - clock.today()).days

    @property
    def in_use(self) -> bool:
        """Whether it is still seen in use."""
        return self.last_seen is not None and self.last_seen >= clock.today() - IN_USE


_DATED: dict[Expiring, tuple[Any, str, tuple[str, ...]]] = {
    Expiring.PERMIT: (Permit, "signature", ("user",)),
    Expiring.LETTER: (Letter, "key", ("applicant", "owner")),
    Expiring.SIGNATURE: (Signature, "signature", ("owner",)),
    Expiring.DELEGATION: (Delegation, "port", ("from_enterprise", "to_enterprise")),
    Expiring.PORT: (Port, "port", ("holder",)),
}
"""Each dated table, what people call its rows by, and who must care."""


def ending(within: dt.timedelta, enterprise: str = "", most: int | None = None) -> Iterator[Ending]:
    """Everything in force now that ends within so long and has no successor that goes on, by kind, soonest first.

    enterprise: only what concerns it; most: at most so many of each kind.
    """
    until = clock.now() + within
    for what, (table, label, parties) in _DATED.items():
        yield from _dated(what, label, parties, _ends_by(table, parties, until, enterprise).limit(most))
    yield from _papers(_papers_by(until, enterprise).limit(most))
    yield from _licences(_licences_by(until, enterprise).limit(most))


def _dated(what: Expiring, label: str, parties: tuple[str, ...], query: sa.Select[Any]) -> Iterator[Ending]:
    rows = db.session.scalars(query).all()
    seen = _last_seen(what, rows)
    for row in rows:
        named = tuple(dict.fromkeys(getattr(row, each) for each in parties))
        key = str(getattr(row, "key", "") or row.port)
        yield Ending(what, key, str(getattr(row, label)), named, row.valid.upper, seen.get(key))


def _ends_by(table: Any, parties: tuple[str, ...], until: dt.datetime, enterprise: str) -> sa.Select[Any]:
    now, later = clock.now(), aliased(table)
    upper = sa.func.upper(table.valid)
    same = [getattr(later, name) == getattr(table, name) for name in table.same]
    goes_on = sa.exists().where(*same, later.superseded_at.is_(None), sa.func.lower(later.valid) == upper)
    begun = sa.func.lower(table.valid) <= now
    query = sa.select(table).where(known(table), begun, upper > now, upper <= until, ~goes_on)
    if enterprise:
        query = query.where(sa.or_(*(getattr(table, name) == enterprise for name in parties)))
    return query.order_by(upper, table.row_id)


def _last_seen(what: Expiring, rows: Any) -> dict[str, dt.date]:
    match what:
        case Expiring.PERMIT:
            return usage.of_permits(rows)
        case Expiring.SIGNATURE:
            seen = usage.of_signatures(row.signature for row in rows)
            return {row.key: seen[row.signature] for row in rows if row.signature in seen}
        case Expiring.PORT | Expiring.DELEGATION:
            seen = usage.under({row.port for row in rows})
            return {getattr(row, "key", "") or row.port: seen[row.port] for row in rows if row.port in seen}
    return {}


def _papers_by(until: dt.datetime, enterprise: str) -> sa.Select[Paper]:
    newer, now = aliased(Paper), clock.now()
    later = sa.or_(newer.expires_at.is_(None), newer.expires_at > Paper.expires_at)
    replaced = sa.exists().where(newer.enterprise == Paper.enterprise, newer.kind == Paper.kind, later)
    query = sa.select(Paper).where(Paper.expires_at > now, Paper.expires_at <= until, ~replaced)
    query = query.where(Paper.enterprise == enterprise) if enterprise else query
    return query.order_by(Paper.expires_at, Paper.key)


def _papers(query: sa.Select[Paper]) -> Iterator[Ending]:
    for row in db.session.scalars(query):
        assert row.expires_at is not None  # noqa: S101 - the query asks for it
        yield Ending(Expiring.PAPER, row.key, row.name, (row.enterprise,), row.expires_at)


def _licences_by(until: dt.datetime, enterprise: str) -> sa.Select[Enterprise]:
    within = (Enterprise.licence_until > clock.now(), Enterprise.licence_until <= until)
    query = sa.select(Enterprise).where(*within, Enterprise.licence != "")
    query = query.where(Enterprise.code == enterprise) if enterprise else query
    return query.order_by(Enterprise.licence_until, Enterprise.code)


def _licences(query: sa.Select[Enterprise]) -> Iterator[Ending]:
    for row in db.session.scalars(query):
        assert row.licence_until is not None  # noqa: S101 - the query asks for it
        yield Ending(Expiring.LICENCE, row.code, row.licence, (row.code,), row.licence_until)


def ending_for(actor: Actor, enterprise: str = "") -> list[Ending]:
    """What ends within the earliest notice's days, soonest first: a company's own, for staff anybody's.

    At most `MOST_SHOWN` of each kind.
    """
    days = max(int(each) for each in provisions.words("permits.expiry_notice", clock.today()))
    whose = str(actor.enterprise) if actor.is_company else enterprise
    found = ending(dt.timedelta(days=days), whose, MOST_SHOWN)
    return sorted(found, key=lambda each: (each.ends_at, each.what, each.key))


def lapses(actor: Actor, request: PageRequest, *, state: str = "", permit: str = "") -> Page[Lapse]:
    """Permits that lapse, lapsed, or were used again; a company's own."""
    given = {"state": state, "permit": permit}
    query = sa.select(Lapse).filter_by(**{name: value for name, value in given.items() if value})
    if actor.is_company:
        query = query.where(Lapse.enterprise == actor.enterprise)
    return page_of_keys(query, Lapse.key, request)


@dataclass(frozen=True, slots=True)
class Rest:
    """An extension that has ended; from `free_on` on another holder may get it."""

    port: str
    holder: str
    valid_until: dt.datetime
    free_on: dt.date


def quarantined(actor: Actor, request: PageRequest) -> Page[Rest]:
    """Extensions that have ended and may not go to another holder yet; a company those that were its own."""
    page = page_of_keys(_resting(actor), Port.port, request)
    return Page([_rest(row) for row in page.items], page.after)


def _resting(actor: Actor) -> sa.Select[Port]:
    """The last entry of each extension that ended within the quarantine and was not taken up again."""
    now, again, upper = clock.now(), aliased(Port), sa.func.upper(Port.valid)
    since = now - dt.timedelta(days=provisions.integer("ports.quarantine", clock.today()))
    later = sa.or_(sa.func.upper(again.valid).is_(None), sa.func.upper(again.valid) > upper)
    taken = sa.exists().where(again.port == Port.port, again.superseded_at.is_(None), later)
    query = sa.select(Port).where(Port.level == PortLevel.EXTENSION, known(Port), upper <= now, upper > since, ~taken)
    return query.where(Port.holder == actor.enterprise) if actor.is_company else query


def _rest(row: Port) -> Rest:
    ended = row.valid_until
    assert ended is not None  # noqa: S101 - the query asks for it
    days = provisions.integer("ports.quarantine", ended)
    return Rest(row.port, row.holder, ended, policy.free_on(ended, days))
