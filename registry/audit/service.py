"""Recording what is done.

Events wait in the unit of work and are linked last, just before the commit, under the head's lock: reading the last
hash without it would fork the chain.
"""

import datetime as dt
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
from registry.store.work import before_commit, waiting

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


@before_commit
def _link_waiting(session: Session) -> None:
    events = waiting("audit")
    if not events:
        return
    head = session.execute(
        sa.select(AuditHead).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()
    for event in events:
        head.number += 1
        numbered = {"number": head.number, **event}
        previous, head.hash = head.hash, chain.link(head.hash, numbered)
        at = dt.datetime.fromisoformat(event["at"])
        session.add(AuditEvent(**numbered | {"at": at, "previous_hash": previous, "hash": head.hash}))
    events.clear()


def plain(value: Any) -> Any:
    """The value as JSON knows it: times in ISO form, periods as two ends, enumerations by value."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Range):
        return [plain(value.lower), plain(value.upper)]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
