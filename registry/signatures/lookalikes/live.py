"""The index of the registered signatures: one a process, made of PostgreSQL when first asked, then fed by the feed.

A change and its place in the feed are committed together and in order, so whoever has seen a place has seen every
signature below it. Where the feed is not the one that was read (a backup was put back), or names came in bulk, all is
read anew. Names that have ended stay until then: who asks looks the rows up.
"""

import threading
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import current_app

from registry.changes.model import Change, ChangeHead
from registry.kernel import clock
from registry.signatures.folding import fold
from registry.signatures.lookalikes.index import Index
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import known, open_after

_EXTENSION = "registry-lookalikes"
_AT_ONCE = 50_000  # rows


class Place(NamedTuple):
    """A place in the feed, and what stands there, by which it is known again."""

    position: int
    standing: tuple[Any, ...] | None


_NOWHERE = Place(0, None)


@dataclass(slots=True)
class _Held:
    """What a process holds: the index, up to which place of the feed, and who may change it."""

    lock: threading.Lock
    index: Index | None = None
    place: Place = _NOWHERE


def index() -> Index:
    """The index with every signature whose commit this session can see."""
    held: _Held = current_app.extensions.setdefault(_EXTENSION, _Held(threading.Lock()))
    with held.lock:
        head = db.session.scalar(sa.select(ChangeHead.position)) or 0
        if held.index is None or head < held.place.position or _at(held.place.position) != held.place:
            return _read(held, head)
        return _followed(held, held.index, head) if head > held.place.position else held.index


def _at(position: int) -> Place:
    """What stands at a place of the feed."""
    query = sa.select(Change.recorded_at, Change.kind, Change.key).where(Change.position == position)
    row = db.session.execute(query).first()
    return Place(position, tuple(row) if row else None)


def _read(held: _Held, head: int) -> Index:
    """Read every signature; the place was read before, so nothing is missed that came meanwhile."""
    place = _at(head)
    query = sa.select(Signature.folded).where(known(Signature), open_after(Signature, clock.now())).distinct()
    rows = db.session.execute(query.execution_options(yield_per=_AT_ONCE)).scalars()
    held.index, held.place = Index(rows), place
    return held.index


def _followed(held: _Held, index: Index, head: int) -> Index:
    """Take in what the feed says since; what came in bulk is not in it name by name."""
    since = sa.and_(Change.position > held.place.position, Change.position <= head, Change.kind == "signature")
    query = sa.select(Change.action, Change.payload["signature"].astext).where(since)
    told = db.session.execute(query).all()
    if any(text is None for _action, text in told):
        return _read(held, head)
    texts = [fold(text) for action, text in told if action != "ended"]
    if texts:
        index.add(texts)
    held.place = _at(head)
    return index
