"""Erasing what was kept of messages when its time is over; what was counted stays."""

import datetime as dt
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from registry import audit
from registry.erasures import service as erasures
from registry.erasures.kinds import Erasable
from registry.jobs.lease import PATIENT, lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.law import provisions
from registry.settings import current
from registry.store import db, unit_of_work
from registry.traffic.folder import remove
from registry.traffic.model import FactFile, FactKind
from registry.traffic.service.ingesting import LEASE
from registry.traffic.service.listing import unlist

_KINDS = (FactKind.SAMPLE, FactKind.SEEN)
_holders: list[Callable[[], set[int]]] = []


def holder(ids: Callable[[], set[int]]) -> Callable[[], set[int]]:
    """Decorator: a function that names the fact files which a case still holds; they outlive the limit."""
    _holders.append(ids)
    return ids


def limit(today: dt.date) -> dt.date:
    """The first day whose records may still be kept."""
    months = today.year * 12 + today.month - 1 - provisions.integer("records.retention", today)
    first = dt.date(months // 12, months % 12 + 1, 1)
    return first + dt.timedelta(days=min(today.day, 28) - 1)


def due(day: dt.date) -> Sequence[FactFile]:
    """Files of samples and tags of the days before this one that nothing holds, superseded ones included."""
    held = set[int]().union(*(ids() for ids in _holders))
    query = sa.select(FactFile).where(FactFile.kind.in_(_KINDS), FactFile.day < day, FactFile.id.not_in(held))
    return db.session.scalars(query.order_by(FactFile.id)).all()


def erase_before(actor: Actor, day: dt.date, *, wait: float = PATIENT) -> int:
    """Erase the samples and tags of all days before this one that no case holds; answers how many files.

    Raises Forbidden or Conflict `busy`.
    """
    actor.require("traffic.ingest")
    with lease(LEASE, wait):
        with unit_of_work() as session:
            files = due(day)
            if files:
                unlist(session, files)
                for file in (file for file in files if file.removed_at is None):
                    _note(actor, file)
                after = {"before": str(day), "files": len(files)}
                audit.record(actor, "traffic.erased", "fact_file", str(day), after=after)
        remove(current().facts / file.path for file in files)
    return len(files)


def _note(actor: Actor, file: FactFile) -> None:
    subject, since = f"{file.kind}/{file.path}", file.day or clock.today()
    erasures.note(actor, Erasable.MESSAGES, subject, file.sha256, "records.retention", since)


def erase_what_is_due(actor: Actor) -> int:
    """Erase what is older than the law allows to keep; answers how many files. Raises Conflict `busy`."""
    day = limit(clock.today())
    return erase_before(actor, day, wait=0) if due(day) else 0
