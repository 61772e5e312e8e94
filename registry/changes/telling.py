"""Telling of a change: one audit event for whoever asks who did it, one row of the feed for whoever must follow it."""

import datetime as dt
from typing import Any

from registry import audit
from registry.changes.service import publish
from registry.kernel.actor import Actor
from registry.kernel.correction import Correction
from registry.store.lists import of_object
from registry.store.periods import Dated


def tell(
    actor: Actor,
    verb: str,
    key: str,
    row: Dated,
    concerned: tuple[str, ...],
    *,
    at: dt.datetime | None = None,
    before: dict[str, Any] | None = None,
    reason: str = "",
    correction: Correction | None = None,
) -> None:
    """Have an event and a row of the feed written in the present commit.

    verb: `permit.opened`, `permit.changed`, `permit.ended` or a finer word of the kind (then the feed says `changed`).
    at: when it begins to count, the row's own beginning (or end) where not said. concerned: enterprises that follow it.
    """
    kind, done = verb.split(".", 1)
    action = done if done in ("opened", "ended") else "changed"
    if action == "ended":
        at = at or row.valid_until
    after = of_object(row)
    why = "; ".join(filter(None, (reason, correction.said if correction else "")))
    audit.record(actor, verb, kind, key, before=before, after=after, reason=why)
    publish(kind, key, action, at or row.valid_from, after, concerned)
