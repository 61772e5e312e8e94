"""Recording what is done.

Events wait in the unit of work and are linked last, just before the commit, under the head's lock: reading the last
hash without it would fork the chain. Where one commit has very many of them they wait in a table of its own.
"""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from registry.audit import chain
from registry.audit.model import AuditEvent, AuditHead
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.store import db
from registry.store.adding import add_rows
from registry.store.work import before_commit, waiting

_ASIDE = "audit_aside (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event json)"
_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
_circumstances: ContextVar[dict[str, Any] | None] = ContextVar("circumstances", default=None)


@contextmanager
def within(**circumstances: Any) -> Iterator[None]:
    """What is recorded inside also says in the course of what it was done: one act, one event that tells all of it."""
    token = _circumstances.set(circumstances)
    try:
        yield
    finally:
        _circumstances.reset(token)


def record(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_key: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Have one event written with the present unit of work's commit.

    `before` and `after` hold what changed, personal values only as keyed hashes.
    """
    circumstances = _circumstances.get()
    if circumstances is not None:
        after = {**(after or {}), **circumstances}
    event = {
        "at": clock.now().isoformat(),
        "actor": actor.name,
        "actor_kind": str(actor.kind),
        "action": action,
        "subject_kind": subject_kind,
        "subject_key": subject_key,
        "before": plain(before),
        "after": plain(after),
        "reason": reason,
        "request_id": actor.request_id or "",
    }
    waiting("audit").append(event)


def put_aside() -> None:
    """Move what waits out of memory, for units of work that record without end; it is linked with the commit."""
    events, session = waiting("audit"), db.session()
    if events:
        waiting("audit aside").append(len(events))
        session.execute(sa.text(f"CREATE TEMPORARY TABLE IF NOT EXISTS {_ASIDE} ON COMMIT DROP"))
        said = [json.dumps(event, ensure_ascii=False) for event in events]
        session.execute(sa.text("INSERT INTO audit_aside (event) SELECT unnest(CAST(:said AS json[]))"), {"said": said})
        events.clear()


@before_commit
def _link_waiting(session: Session) -> None:
    events = waiting("audit")
    if not events and not waiting("audit aside"):
        return
    head = session.execute(
        sa.select(AuditHead).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()
    for some in (*_aside(session), events):
        add_rows(session, AuditEvent, [_linked(head, event) for event in some])
    events.clear()


def _linked(head: AuditHead, event: dict[str, Any]) -> dict[str, Any]:
    head.number += 1
    numbered = {"number": head.number, **event}
    previous, head.hash = head.hash, chain.link(head.hash, numbered)
    return numbered | {"previous_hash": previous, "hash": head.hash}


def _aside(session: Session) -> Iterator[list[dict[str, Any]]]:
    """What was put aside, in its order, so many at once."""
    put, last = waiting("audit aside"), 0
    query = sa.text("SELECT number, event FROM audit_aside WHERE number > :last ORDER BY number LIMIT 1000")
    while put and (rows := session.execute(query, {"last": last}).all()):
        yield [row.event for row in rows]
        last = rows[-1].number
    if put:
        session.execute(sa.text("DROP TABLE audit_aside"))
        put.clear()


def plain(value: Any) -> Any:
    """The value as JSON knows it: times in ISO form, periods as two ends, enumerations by value."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Range):
        return [plain(value.lower), plain(value.upper)]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.value if isinstance(value, Enum) else str(value)
