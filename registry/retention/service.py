"""Erasing what is due, each thing in a commit of its own with the proof that it was there."""

import sqlalchemy as sa

from registry.erasures import service as erasures
from registry.erasures.kinds import Erasable
from registry.handlers import service as handlers
from registry.handlers.model import Handler
from registry.inquiries.model import Inquiry
from registry.jobs.lease import lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.lifecycle import service as lifecycle
from registry.papers import service as papers
from registry.papers.model import Paper
from registry.retention import queries
from registry.retention.queries import Due
from registry.store import db, unit_of_work

ERASE = "retention.run"
LEASE = "erasing what is due"


def run(actor: Actor) -> dict[str, int]:
    """Erase everything that is due; answers how much of each kind. Raises Forbidden, Conflict `busy`."""
    actor.require(ERASE)
    done: list[Due] = []
    with lease(LEASE):
        while rows := list(queries.due()):
            done += [each for each in rows if _erase(actor, each)]
            if len(rows) < queries.AT_ONCE:
                break
    return queries.counted(done)


def look(actor: Actor) -> bool:
    """The day's round, unless it is done; answers whether it was done now."""
    day = clock.today()
    if lifecycle.is_done("retention", day):
        return False
    run(actor)
    lifecycle.note_done("retention", day)
    return True


def _erase(actor: Actor, each: Due) -> bool:
    """One thing. A paper's bytes leave the disk after the commit: what is said to be gone was there until then."""
    with unit_of_work():
        digest = _ERASING[each.what](each.subject)
        if digest is None:
            return False
        erasures.note(actor, each.what, each.subject, digest, each.provision, each.since, enterprise=each.enterprise)
    if each.what is Erasable.PAPER:
        papers.remove_unlisted(digest)
    return True


def _paper(key: str) -> str | None:
    row = db.session.scalar(sa.select(Paper).filter_by(key=key, erased_at=None).with_for_update())
    if row is None:
        return None
    row.erased_at, row.name = clock.now(), f"{row.kind.value}"
    return row.sha256


def _handler(key: str) -> str | None:
    row = db.session.scalar(sa.select(Handler).filter_by(key=key, erased_at=None).with_for_update())
    return None if row is None else handlers.erase(row)


def _address(key: str) -> str | None:
    row = db.session.scalar(sa.select(Inquiry).where(Inquiry.key == key, Inquiry.sealed != "").with_for_update())
    if row is None:
        return None
    digest, row.sealed, row.address_hash = row.address_hash, "", ""
    return digest


_ERASING = {Erasable.PAPER: _paper, Erasable.HANDLER: _handler, Erasable.OWNER_ADDRESS: _address}
