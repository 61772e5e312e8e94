"""Erasing what was kept of messages when its time is over; what was counted stays."""

import datetime as dt

import sqlalchemy as sa

from registry import audit
from registry.jobs.lease import PATIENT, lease
from registry.kernel.actor import Actor
from registry.settings import current
from registry.store import unit_of_work
from registry.traffic.folder import remove
from registry.traffic.model import FactFile, FactKind
from registry.traffic.service.ingesting import LEASE
from registry.traffic.service.listing import unlist


def erase_before(actor: Actor, day: dt.date, *, held: frozenset[int] = frozenset(), wait: float = PATIENT) -> int:
    """Erase the samples and tags of all days before this one; answers how many files.

    held: ids of files that a case still holds. Raises Forbidden or Conflict `busy`.
    """
    actor.require("traffic.ingest")
    kinds = (FactKind.SAMPLE, FactKind.SEEN)
    with lease(LEASE, wait):
        with unit_of_work() as session:
            query = sa.select(FactFile).where(FactFile.kind.in_(kinds), FactFile.day < day, FactFile.id.not_in(held))
            files = session.scalars(query).all()
            if files:
                unlist(session, files)
                after = {"before": str(day), "files": len(files)}
                audit.record(actor, "traffic.erased", "fact_file", str(day), after=after)
        remove(current().facts / file.path for file in files)
    return len(files)
