"""Reading replays, and the last one of a finding."""

import sqlalchemy as sa

from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.replays.model import Replay
from registry.store import db
from registry.store.lists import page_of_keys


def replays(request: PageRequest) -> Page[Replay]:
    """Questions to past facts, the oldest first; findings applied again are not among them."""
    return page_of_keys(sa.select(Replay).where(Replay.finding == ""), Replay.key, request)


def latest(limit: int) -> list[Replay]:
    """The last questions, the newest first."""
    query = sa.select(Replay).where(Replay.finding == "").order_by(Replay.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def replay(key: str) -> Replay:
    """One of them, or one of a finding. Raises NotFound."""
    row = db.session.scalar(sa.select(Replay).filter_by(key=key))
    if row is None:
        raise NotFound("no_such_replay", f"there is no replay {key[:60]}")
    return row


def last_of(finding: str) -> Replay | None:
    """The last time that a finding was applied again."""
    return db.session.scalar(sa.select(Replay).filter_by(finding=finding).order_by(Replay.id.desc()).limit(1))
