"""Reading the audit trail, and proving it."""

import datetime as dt
from collections.abc import Iterator, Mapping
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


def verify(checkpoint: tuple[int, str] | None = None) -> chain.Break | None:
    """Walk the whole chain: the first broken link, or None. A checkpoint finds a tail that was cut off."""
    number, last = head()
    seen: dict[int, str] = {}
    found = chain.first_break(_remember(_stored(), seen))
    if found:
        return found
    if seen.get(number, chain.GENESIS) != last or (seen and max(seen) != number):
        return chain.Break(number, "the chain does not end where its head says")
    if checkpoint and seen.get(checkpoint[0]) != checkpoint[1]:
        return chain.Break(checkpoint[0], "the chain does not hold what the checkpoint saw")
    return None


Stored = tuple[Mapping[str, Any], str, str]


def _remember(stored: Iterator[Stored], seen: dict[int, str]) -> Iterator[Stored]:
    for event, previous, link in stored:
        seen[int(event["number"])] = link
        yield event, previous, link


def _stored() -> Iterator[Stored]:
    table, last = AuditEvent.__table__, 0
    while True:
        query = sa.select(table).where(table.c.number > last).order_by(table.c.number).limit(CHUNK)
        rows = db.session.execute(query).mappings().all()
        if not rows:
            return
        for row in rows:
            event = {name: row[name] for name in chain.FIELDS}
            event["at"] = row["at"].astimezone(dt.UTC).isoformat()
            yield event, row["previous_hash"], row["hash"]
        last = rows[-1]["number"]
