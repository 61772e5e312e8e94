"""Reading the audit trail, and proving it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from registry.audit import chain
from registry.audit.model import AuditEvent, AuditHead
from registry.kernel.paging import Page, PageRequest
from registry.store import db

CHUNK = 5000  # events read at once while the chain is walked


def events(request: PageRequest, **filters: str) -> Page[AuditEvent]:
    """Events, newest first, by actor, action, subject_kind or subject_key. Pages go on after an event's number."""
    query = sa.select(AuditEvent).order_by(AuditEvent.number.desc()).limit(request.limit + 1)
    query = query.filter_by(**{name: value for name, value in filters.items() if value})
    if request.after.isdecimal():
        query = query.where(AuditEvent.number < int(request.after))
    rows = db.session.scalars(query).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], str(rows[request.limit - 1].number) if more else "")


def history(subject_kind: str, subject_key: str) -> list[AuditEvent]:
    """Everything that was done to one thing, oldest first."""
    query = sa.select(AuditEvent).filter_by(subject_kind=subject_kind, subject_key=subject_key)
    return list(db.session.scalars(query.order_by(AuditEvent.number)))


def head() -> tuple[int, str]:
    """Number and hash of the last link: what a signed checkpoint holds."""
    row = db.session.execute(sa.select(AuditHead.number, AuditHead.hash)).one()
    return row.number, row.hash


def verify(
    checkpoint: tuple[int, str] | None = None, told: Callable[[int], object] = lambda _number: None
) -> chain.Break | None:
    """Walk the whole chain: the first broken link, or None. A checkpoint finds a tail that was cut off.

    `told` hears how far it is, now and then. Events that are written meanwhile belong to the next walk.
    """
    number, last = head()
    walk = _Walk(number, checkpoint[0] if checkpoint else 0, told)
    found = chain.first_break(walk.remember(_stored(number)))
    if found:
        return found
    if walk.last != (number, last if number else chain.GENESIS):
        return chain.Break(number, "the chain does not end where its head says")
    if checkpoint and checkpoint[0] and walk.checked != checkpoint[1]:
        return chain.Break(checkpoint[0], "the chain does not hold what the checkpoint saw")
    return _beyond_head()


def as_linked(event: AuditEvent) -> dict[str, Any]:
    """An event as its hash was made of it."""
    return _linked({name: getattr(event, name) for name in chain.FIELDS})


def _linked(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in chain.FIELDS} | {"at": row["at"].astimezone(dt.UTC).isoformat()}


Stored = tuple[Mapping[str, Any], str, str]


class _Walk:
    """What is remembered of a walk along the chain: its end, and the link that a checkpoint asks for."""

    def __init__(self, until: int, checked_number: int, told: Callable[[int], object]) -> None:
        self.last, self.checked = (0, chain.GENESIS), ""
        self._until, self._checked_number, self._told = until, checked_number, told

    def remember(self, stored: Iterator[Stored]) -> Iterator[Stored]:
        for event, previous, link in stored:
            number = int(event["number"])
            self.last = (number, link)
            if number == self._checked_number:
                self.checked = link
            if number % CHUNK == 0 or number == self._until:
                self._told(number)
            yield event, previous, link


def _beyond_head() -> chain.Break | None:
    query = sa.select(sa.func.min(AuditEvent.number)).where(
        AuditEvent.number > sa.select(AuditHead.number).scalar_subquery()
    )
    number = db.session.scalar(query)
    return chain.Break(number, "it stands behind the end that the head says") if number else None


def _stored(until: int) -> Iterator[Stored]:
    table, last = AuditEvent.__table__, 0
    while True:
        query = (
            sa.select(table).where(table.c.number > last, table.c.number <= until).order_by(table.c.number).limit(CHUNK)
        )
        rows = db.session.execute(query).mappings().all()
        if not rows:
            return
        for row in rows:
            yield _linked(dict(row)), row["previous_hash"], row["hash"]
        last = rows[-1]["number"]
