"""Taking deliveries in: each file becomes facts and a line in the list, in one commit, or leaves nothing behind."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from registry import audit
from registry.jobs.lease import PATIENT, Lease, lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Invalid, NotFound
from registry.settings import current
from registry.store import db, unit_of_work
from registry.traffic import opening, queries, sealed, writing
from registry.traffic.columns import missing_bits, required_and_missing
from registry.traffic.folder import Drafts, drafts, remove, sweep
from registry.traffic.model import FactFile, FactKind, IngestedFile
from registry.traffic.outcome import COUNTED, Outcome
from registry.traffic.refining import Refinery, engine
from registry.traffic.service.listing import grace, list_files, seen_files, unlist, waiting_files, waiting_parts
from registry.traffic.trouble import explained

LEASE = "traffic ingest"
REJECTS = "rejects"
Progress = Callable[[str, int, int], None]  # file, rows done, rows in all


def _silent(_file: str, _done: int, _rows: int) -> None:
    """Tell nobody."""


def ingest(
    actor: Actor,
    paths: Iterable[Path],
    *,
    default_time: dt.datetime | None = None,
    gateway: str = "",
    progress: Progress = _silent,
    wait: float = PATIENT,
) -> list[Outcome]:
    """Take files in, one after the other, each in a commit of its own; a file that is refused does not stop the others.

    default_time: for files without `submitted_at`; gateway: for rows that name none.
    Raises Forbidden, Conflict `busy` where another ingest goes on for longer than `wait` seconds, Unavailable where
    the disk is full.
    """
    actor.require("traffic.ingest")
    with lease(LEASE, wait) as held:
        clear()
        return [_one(held, actor, path, default_time, gateway, progress) for path in paths]


def clear() -> int:
    """Remove what a killed run left behind; the lease must be held. Answers how many files."""
    settings = current()
    listed = set(db.session.scalars(db.select(FactFile.path)))
    rejects = {f"{sha256}.csv" for sha256 in db.session.scalars(db.select(IngestedFile.sha256))}
    db.session.rollback()
    return sweep(settings.facts, listed) + sweep(settings.data / REJECTS, rejects)


def _one(
    held: Lease, actor: Actor, path: Path, default_time: dt.datetime | None, gateway: str, progress: Progress
) -> Outcome:
    try:
        delivery = opening.delivery(path)
        if known := queries.ingested_with(delivery.sha256):
            return _as_known(known, path)
        with explained(path.name), drafts(current().facts) as run:
            return _Ingest(held, actor, delivery, run).take(default_time, gateway, progress)
    except (Invalid, NotFound) as problem:
        return Outcome(path.name, refused=problem.as_json())


def _as_known(row: IngestedFile, path: Path) -> Outcome:
    return Outcome(
        file=path.name,
        already_ingested=True,
        unknown_columns=tuple(row.unknown_columns),
        days=tuple(row.days),
        sha256=row.sha256,
        rejects=f"{REJECTS}/{row.sha256}.csv" if row.rejected else "",
        **{name: getattr(row, name) for name in COUNTED},
    )


class _Ingest:
    """One delivery on its way into the list."""

    def __init__(self, held: Lease, actor: Actor, delivery: opening.Delivery, run: Drafts) -> None:
        self._held, self._actor, self._delivery, self._run = held, actor, delivery, run
        self._settings, self._before = current(), waiting_files()

    def take(self, default_time: dt.datetime | None, gateway: str, progress: Progress) -> Outcome:
        path, work = self._delivery.path, self._run.folder
        with engine(work) as connection:
            opened = opening.opened(path, work, connection)
            _refuse_incomplete(path, set(opened.types), default_time)
            refinery = Refinery(connection, grace=grace())
            refinery.take(
                opened,
                origin=self._delivery.sha256,
                missing=missing_bits(set(opened.types)),
                default_at=clock.millis(default_time) if default_time else None,
                gateway=gateway,
            )
            refinery.drop_doubles(sealed.tag_key(self._settings.hashing_key), seen_files)
            waiting = waiting_parts(self._before)
            refinery.count(self._delivery.sha256, lambda done, rows: progress(path.name, done, rows), waiting)
            rejects = self._write(refinery)
            return self._commit(self._outcome(refinery, opened.unknown), gateway, rejects)

    def _write(self, refinery: Refinery) -> Path | None:
        name, settings = self._delivery.sha256[:16], self._settings
        writing.write_facts(refinery, self._run, name)
        writing.write_samples(refinery, self._run, name, settings)
        writing.write_waiting(refinery, self._run, name, settings)
        return writing.write_rejects(refinery, self._run.folder)

    def _outcome(self, refinery: Refinery, unknown: Sequence[str]) -> Outcome:
        counts, sha256 = refinery.counts, self._delivery.sha256
        return Outcome(
            file=self._delivery.path.name,
            read=counts.read,
            accepted=counts.read - counts.rejected,
            rejected=counts.rejected,
            messages=counts.messages,
            joined=counts.joined,
            waiting=counts.waiting,
            duplicates=counts.duplicates,
            unknown_columns=tuple(name.replace("\0", "")[:200] for name in unknown),
            days=tuple(sorted({str(file.day) for file in self._run.files if file.kind is FactKind.BASE})),
            sha256=sha256,
            rejects=f"{REJECTS}/{sha256}.csv" if counts.rejected else "",
        )

    def _commit(self, outcome: Outcome, gateway: str, rejects: Path | None) -> Outcome:
        if rejects:
            writing.keep(rejects, self._settings.data / outcome.rejects)
        digests = self._run.publish()
        self._held.confirm()
        with unit_of_work() as session:
            row = self._row(outcome, gateway)
            session.add(row)
            session.flush()
            list_files(session, self._run, digests, row.id)
            unlist(session, self._before)
            counts = {name: getattr(outcome, name) for name in COUNTED}
            after = {"file": row.name, **counts}
            audit.record(self._actor, "traffic.ingested", "ingested_file", outcome.sha256, after=after)
        remove(self._settings.facts / file.path for file in self._before)
        return outcome

    def _row(self, outcome: Outcome, gateway: str) -> IngestedFile:
        return IngestedFile(
            sha256=outcome.sha256,
            name=outcome.file,
            gateway=gateway,
            size=self._delivery.size,
            unknown_columns=list(outcome.unknown_columns),
            days=list(outcome.days),
            ingested_at=clock.now(),
            ingested_by=self._actor.name,
            **{name: getattr(outcome, name) for name in COUNTED},
        )


def _refuse_incomplete(path: Path, delivered: set[str], default_time: dt.datetime | None) -> None:
    lacking = required_and_missing(delivered, default_time=default_time is not None)
    if lacking:
        detail = f"{path.name} has no column {' and no '.join(lacking)}"
        fix = "deliver the column" + ("; or give --default-time" if "submitted_at" in lacking else "")
        raise Invalid("missing_column", detail, fix=fix)
