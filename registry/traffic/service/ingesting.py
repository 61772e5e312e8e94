"""Taking deliveries in: each file becomes facts and a line in the list, in one commit, or leaves nothing behind."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import duckdb

from registry import audit
from registry.jobs.lease import PATIENT, Lease, lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Invalid, NotFound
from registry.settings import current
from registry.store import db, unit_of_work
from registry.traffic import opening, queries, sealed, writing
from registry.traffic.columns import missing_bits, required_and_missing
from registry.traffic.folder import Drafts, drafts, remove, sweep
from registry.traffic.model import FactFile, FactKind, IngestedFile
from registry.traffic.outcome import COUNTED, Outcome
from registry.traffic.refining import Engine, Refinery
from registry.traffic.service.listing import grace, list_files, seen_files, unlist, waiting_files, waiting_parts
from registry.traffic.service.naming import looked_for
from registry.traffic.trouble import explained

LEASE = "traffic ingest"
DRAFTING = "traffic drafts"
MOMENT = 0.5  # seconds until the server has noticed that a process was killed
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
    sharing: int = 1,
) -> list[Outcome]:
    """Take files in, one after the other, each in a commit of its own; a file that is refused does not stop the others.

    default_time: for files without `submitted_at`; gateway: for rows that name none; sharing: how many ingests share
    this machine's memory. Raises Forbidden, Conflict `busy` where another commits for longer than `wait` seconds,
    Unavailable where the disk is full.
    """
    actor.require("traffic.ingest")
    clear()
    with (
        lease(DRAFTING, wait, shared=True) as drafting,
        drafts(current().facts) as aside,
        Engine(aside.folder, sharing, looked_for()) as engine,
    ):
        terms = _Terms(actor, default_time, gateway, progress, wait, engine)
        return [_one(drafting, terms, path) for path in paths]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What holds for all files of a call."""

    actor: Actor
    default_time: dt.datetime | None
    gateway: str
    progress: Progress
    wait: float
    engine: Engine


class _Overtaken(Exception):  # noqa: N818 - nobody's error: the file is taken once more, alone
    """While a file was counted, another brought messages of it."""


def clear() -> int:
    """Remove what a killed run left behind, unless something is being drafted. Answers how many files."""
    try:
        with lease(DRAFTING, MOMENT):
            return _swept()
    except Conflict:
        return 0


def _swept() -> int:
    settings = current()
    listed = set(db.session.scalars(db.select(FactFile.path).where(FactFile.removed_at.is_(None))))
    rejects = {f"{sha256}.csv" for sha256 in db.session.scalars(db.select(IngestedFile.sha256))}
    db.session.rollback()
    return sweep(settings.facts, listed) + sweep(settings.data / REJECTS, rejects)


def _one(drafting: Lease, terms: _Terms, path: Path) -> Outcome:
    """Count first and wait for the lease to commit; a file that was overtaken is taken again under the lease."""
    try:
        delivery = opening.delivery(path)
        if known := queries.ingested_with(delivery.sha256):
            return _as_known(known, path)
        try:
            return _taken(drafting, terms, delivery, lease(LEASE, terms.wait))
        except _Overtaken:
            with lease(LEASE, terms.wait) as held:
                return _taken(drafting, terms, delivery, nullcontext(held))
    except (Invalid, NotFound) as problem:
        return Outcome(path.name, refused=problem.as_json())


def _taken(
    drafting: Lease, terms: _Terms, delivery: opening.Delivery, committing: AbstractContextManager[Lease]
) -> Outcome:
    with explained(delivery.path.name), drafts(current().facts) as run, terms.engine.lent() as connection:
        ingest = _Ingest(terms, delivery, run, connection)
        ingest.count()
        with committing as held:
            if known := queries.ingested_with(delivery.sha256):
                return _as_known(known, delivery.path)
            return ingest.finish((drafting, held))


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

    def __init__(
        self, terms: _Terms, delivery: opening.Delivery, run: Drafts, connection: duckdb.DuckDBPyConnection
    ) -> None:
        self._terms, self._delivery, self._run, self._settings = terms, delivery, run, current()
        self._opened = opening.opened(delivery.path, run.folder, connection)
        self._refinery = Refinery(connection, grace=grace())
        self._days: list[int] = []
        self._seen: list[str] = []

    def count(self) -> None:
        """Read and count all that is whole, as if nobody else did."""
        types, default_time, path = set(self._opened.types), self._terms.default_time, self._delivery.path
        _refuse_incomplete(path, types, default_time)
        self._refinery.take(
            self._opened,
            origin=self._delivery.sha256,
            missing=missing_bits(types),
            default_at=clock.millis(default_time) if default_time else None,
            gateway=self._terms.gateway,
        )
        self._refinery.drop_doubles(sealed.tag_key(self._settings.hashing_key), self._seen_before)
        self._refinery.count(lambda done, rows: self._terms.progress(path.name, done, rows))

    def _seen_before(self, days: list[int]) -> list[str]:
        self._days, self._seen = days, seen_files(days)
        return self._seen

    def finish(self, held: tuple[Lease, ...]) -> Outcome:
        """Put parts together with those that wait, write, commit: the lease must be held.

        Raises _Overtaken where another brought some of these messages in the meantime.
        """
        new = [path for path in seen_files(self._days) if path not in set(self._seen)]
        if self._refinery.repeated_in(new):
            raise _Overtaken
        before = waiting_files() if self._refinery.parts() else []
        self._refinery.count_parts(waiting_parts(before))
        rejects = self._write(self._refinery)
        return self._commit(self._outcome(self._refinery, self._opened.unknown), rejects, before, held)

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

    def _commit(
        self, outcome: Outcome, rejects: Path | None, before: Sequence[FactFile], held: tuple[Lease, ...]
    ) -> Outcome:
        if rejects:
            writing.keep(rejects, self._settings.data / outcome.rejects)
        digests = self._run.publish()
        for each in held:
            each.confirm()
        with unit_of_work() as session:
            row = self._row(outcome, self._terms.gateway)
            session.add(row)
            session.flush()
            list_files(session, self._run, digests, row.id)
            unlist(session, before)
            counts = {name: getattr(outcome, name) for name in COUNTED}
            after = {"file": row.name, **counts}
            audit.record(self._terms.actor, "traffic.ingested", "ingested_file", outcome.sha256, after=after)
        remove(self._settings.facts / file.path for file in before)
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
            ingested_by=self._terms.actor.name,
            **{name: getattr(outcome, name) for name in COUNTED},
        )


def _refuse_incomplete(path: Path, delivered: set[str], default_time: dt.datetime | None) -> None:
    lacking = required_and_missing(delivered, default_time=default_time is not None)
    if lacking:
        detail = f"{path.name} has no column {' and no '.join(lacking)}"
        fix = "deliver the column" + ("; or give --default-time" if "submitted_at" in lacking else "")
        raise Invalid("missing_column", detail, fix=fix)
