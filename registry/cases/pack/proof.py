"""The audit proof of a pack: the events about a case with their hashes, their paths to a root, and a checkpoint."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from registry.audit import chain, inclusion, queries
from registry.audit.checkpoint import Checkpoint
from registry.audit.model import AuditEvent
from registry.settings import current
from registry.store import db

PACKED = "case.packed"
"""That a pack was made stands in the trail, not in the pack: the next one is the same."""

Subjects = Iterable[tuple[str, str]]


def proof(subjects: Subjects) -> dict[str, Any]:
    """Events about these subjects, each with hash and path; the span's root and the checkpoint of its last event.

    What no event is about gives an empty proof.
    """
    events = _about(subjects)
    if not events:
        return {"events": [], "span": {}, "checkpoint": {}}
    first, last = events[0], events[-1]
    links = _links(first.number, last.number)
    top = inclusion.root(links)
    routes = inclusion.paths(links, [each.number - first.number for each in events])
    key = current().hashing_key
    return {
        "events": [_event(each, route) for each, route in zip(events, routes, strict=True)],
        "span": {
            "first": first.number,
            "last": last.number,
            "root": top,
            "signature": inclusion.signature(key, first.number, last.number, top),
        },
        "checkpoint": _checkpoint(last, key),
    }


def _about(subjects: Subjects) -> Sequence[AuditEvent]:
    pairs = sa.tuple_(AuditEvent.subject_kind, AuditEvent.subject_key).in_(sorted(set(subjects)))
    query = sa.select(AuditEvent).where(pairs, AuditEvent.action != PACKED).order_by(AuditEvent.number)
    return db.session.scalars(query).all()


def _links(first: int, last: int) -> list[str]:
    query = sa.select(AuditEvent.hash).where(AuditEvent.number.between(first, last)).order_by(AuditEvent.number)
    return list(db.session.scalars(query))


def _event(event: AuditEvent, route: Sequence[inclusion.Neighbour]) -> Mapping[str, Any]:
    path = [{"hash": each.hash, "left": each.left} for each in route]
    linked = queries.as_linked(event)
    if chain.link(event.previous_hash, linked) != event.hash:
        raise RuntimeError(f"event {event.number} no longer has the content that it was linked with")
    return {"event": linked, "previous_hash": event.previous_hash, "hash": event.hash, "path": path}


def _checkpoint(event: AuditEvent, key: bytes) -> Mapping[str, Any]:
    made = Checkpoint(event.number, event.hash, str(queries.as_linked(event)["at"]))
    return made.members(key)
