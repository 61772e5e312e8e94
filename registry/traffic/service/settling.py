"""Parts whose siblings never came: counted as messages of which a part is missing."""

import datetime as dt
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass

import duckdb

from registry import audit
from registry.jobs.lease import PATIENT, lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.settings import current
from registry.store import unit_of_work
from registry.traffic import writing
from registry.traffic.folder import Drafts, drafts, remove
from registry.traffic.refining import Refinery, engine
from registry.traffic.service.ingesting import DRAFTING, LEASE, clear
from registry.traffic.service.listing import grace, list_files, unlist, waiting_files, waiting_parts
from registry.traffic.service.naming import looked_for
from registry.traffic.trouble import explained


@dataclass(frozen=True, slots=True)
class Settled:
    """Messages that were counted with a part missing, and parts that still wait."""

    messages: int
    still_waiting: int


def settle(actor: Actor, before: dt.datetime, *, wait: float = PATIENT) -> Settled:
    """Give up waiting for the siblings of parts that were all submitted before a moment: they become facts.

    Raises Forbidden, Conflict `busy`, or Unavailable where the disk is full.
    """
    actor.require("traffic.ingest")
    clear()
    with lease(LEASE, wait) as held, lease(DRAFTING, wait, shared=True) as drafting:
        files = waiting_files()
        if not files:
            return Settled(0, 0)
        settings, name = current(), f"settled-{secrets.token_hex(8)}"
        with explained("the parts that wait"), drafts(settings.facts) as run, _engine(run) as connection:
            refinery = Refinery(connection, grace=grace())
            refinery.give_up(waiting_parts(files), clock.millis(before))
            if not refinery.counts.messages:
                return Settled(0, sum(file.rows for file in files))
            writing.write_facts(refinery, run, name)
            writing.write_samples(refinery, run, name, settings)
            writing.write_waiting(refinery, run, name, settings)
            digests = run.publish()
            held.confirm()
            drafting.confirm()
            settled = Settled(refinery.counts.messages, refinery.counts.waiting)
            with unit_of_work() as session:
                list_files(session, run, digests, None)
                unlist(session, files)
                after = {"messages": settled.messages, "still_waiting": settled.still_waiting}
                audit.record(actor, "traffic.settled", "fact_file", name, after=after)
        remove(settings.facts / file.path for file in files)
        return settled


def _engine(run: Drafts) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    return engine(run.folder, names=looked_for())
