"""Putting the many small files of a day together: the same rows in few files, swapped in the list in one commit."""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from registry import audit
from registry.jobs.lease import PATIENT, Lease, lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict
from registry.law import provisions
from registry.settings import current
from registry.store import db, unit_of_work
from registry.traffic import sealed
from registry.traffic.folder import Drafts, drafts, remove
from registry.traffic.model import FactFile, FactKind
from registry.traffic.refining import engine
from registry.traffic.service.ingesting import DRAFTING, LEASE, clear
from registry.traffic.service.listing import rows_of
from registry.traffic.trouble import explained
from registry.traffic.typed import quoted

ALONE = "putting fact files together"
MOST_ROWS = 5_000_000  # of a file that others are put into: what is read and sorted at once
MOST_FILES = 2_000  # that are open at once
DAILY = 4  # files of a kind and day from which the daily round puts them together
_ORDER = dict.fromkeys(FactKind, "port, signature") | {FactKind.SEEN: "source"}
Watch = Callable[[dt.date, FactKind], None]


def _silent(_day: dt.date, _kind: FactKind) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Files of a day and kind that became one."""

    day: dt.date
    kind: FactKind
    files: int
    rows: int
    path: str


@dataclass(slots=True)
class Compaction:
    """What was put together, what was left alone and why, and how many superseded files were removed."""

    merged: list[Merged] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    removed: int = 0


def compact(
    actor: Actor,
    *,
    day: dt.date | None = None,
    before: dt.date | None = None,
    least: int = 2,
    watch: Watch = _silent,
) -> Compaction:
    """Put the listed files of a day, or of all days before one, together, where a kind has at least so many.

    What took their place a while ago is removed. Raises Forbidden, Conflict `busy` where another does so, Unavailable
    where the disk is full.
    """
    actor.require("traffic.ingest")
    clear()
    done = Compaction()
    with lease(ALONE) as alone, lease(DRAFTING, PATIENT, shared=True) as drafting:
        for group in _groups(day, before, least):
            watch(*_place(group))
            try:
                done.merged.append(_put_together(actor, group, (alone, drafting)))
            except _Changed as problem:
                done.left.append(problem.detail)
        done.removed = _remove_superseded()
    return done


class _Changed(Conflict):
    """A file is not the one that was listed: what it holds must not get a new hash."""


def _groups(day: dt.date | None, before: dt.date | None, least: int) -> list[list[FactFile]]:
    """Listed files of one kind and day each, as many as may become one."""
    query = sa.select(FactFile).where(FactFile.replaced_by.is_(None), FactFile.day.is_not(None))
    query = query.where(FactFile.day == day) if day else query.where(FactFile.day < (before or clock.today()))
    rows = db.session.scalars(query.order_by(FactFile.day, FactFile.kind, FactFile.id)).all()
    db.session.rollback()
    together = [list(group) for _place_, group in groupby(rows, _place)]
    return [part for group in together if len(group) >= least for part in _bounded(group) if len(part) > 1]


def _place(file: FactFile | Sequence[FactFile]) -> Any:
    one = file if isinstance(file, FactFile) else file[0]
    return one.day, one.kind


def _bounded(group: Sequence[FactFile]) -> Iterator[list[FactFile]]:
    """The group cut so that no piece has too many rows or files; what is large already stays by itself."""
    piece, rows = list[FactFile](), 0
    for file in group:
        if piece and (rows + file.rows > MOST_ROWS or len(piece) == MOST_FILES):
            yield piece
            piece, rows = [], 0
        piece.append(file)
        rows += file.rows
    yield piece


def _put_together(actor: Actor, group: Sequence[FactFile], held: tuple[Lease, ...]) -> Merged:
    day, kind = _place(group)
    with explained(f"the {kind} files of {day}"), drafts(current().facts) as run:
        for file in group:
            _refuse_changed(file)
        _write(run, group)
        digests = run.publish()
        with lease(LEASE, PATIENT) as committing:
            for each in (*held, committing):
                each.confirm()
            _swap(actor, run, digests, group)
    return Merged(day, kind, len(group), run.files[0].rows, run.files[0].path)


def _refuse_changed(file: FactFile) -> None:
    digest = ""
    with suppress(OSError), (current().facts / file.path).open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if digest != file.sha256:
        detail = f"{file.path} is not what was listed, or is gone: its day and kind were left as they are"
        raise _Changed("fact_file_changed", detail, fix="bring the file back from a backup")


def _write(run: Drafts, group: Sequence[FactFile]) -> None:
    """One draft with every row of these files, each with its source: the file out of an ingest in which it stood."""
    (day, kind), draft = _place(group), run.place()
    if kind is FactKind.SAMPLE:
        _copy_boxes(draft, group)
    else:
        _copy_rows(run.folder, draft, group)
    rows, messages = sum(file.rows for file in group), sum(file.messages for file in group)
    run.add(draft, kind, day, f"together-{secrets.token_hex(8)}.parquet", rows, messages)


def _copy_rows(work: Path, draft: Path, group: Sequence[FactFile]) -> None:
    facts = current().facts
    single = {str(facts / file.path): file.id for file in group if not file.of_files}
    before = [str(facts / file.path) for file in group if file.of_files]
    tables = [f"FROM read_parquet([{', '.join(map(quoted, before))}])"] if before else []
    with engine(work) as connection:
        sources = {"path": pa.array(single, pa.string()), "source": pa.array(single.values(), pa.int64())}
        connection.register("sources", pa.table(sources))
        if single:
            files = f"read_parquet([{', '.join(map(quoted, single))}], filename = 'path')"
            tables.append(f"SELECT * EXCLUDE (path) FROM {files} JOIN sources USING (path)")
        query = f"FROM ({' UNION ALL BY NAME '.join(tables)}) ORDER BY {_ORDER[group[0].kind]}"
        copy = f"COPY ({query}) TO {quoted(str(draft))} (FORMAT parquet, COMPRESSION zstd)"
        written, listed = connection.execute(copy).fetchall()[0][0], sum(file.rows for file in group)
    if written != listed:
        raise RuntimeError(f"{listed} rows of {group[0].kind} on {group[0].day} became {written}")


def _copy_boxes(draft: Path, group: Sequence[FactFile]) -> None:
    """Sealed boxes go over as they are, in the order of the list: nobody opens them here."""
    with pq.ParquetWriter(draft, sealed.BOXES) as writer:
        for file in group:
            with pq.ParquetFile(current().facts / file.path) as source:
                for batch in source.iter_batches(batch_size=1):
                    writer.write_batch(batch)


def _swap(actor: Actor, run: Drafts, digests: dict[str, str], group: Sequence[FactFile]) -> None:
    """In one commit the new file is listed and stands in the place of the others; nothing was counted."""
    ids, now = [file.id for file in group], clock.now()
    with unit_of_work() as session:
        [row] = rows_of(run, digests, None)
        row.of_files = len(group)
        session.add(row)
        session.flush()
        swapped = sa.update(FactFile).where(FactFile.id.in_(ids), FactFile.replaced_by.is_(None))
        done = session.execute(swapped.values(replaced_by=row.id, replaced_at=now).returning(FactFile.id)).all()
        if len(done) != len(group):
            raise Conflict("busy", f"files of {row.day} were taken out of the list meanwhile", fix="run it again")
        after = {"kind": row.kind, "path": row.path, "sha256": row.sha256, "rows": row.rows}
        after |= {"files": len(group), "list_sha256": list_digest(group)}
        audit.record(actor, "traffic.compacted", "fact_file", str(row.day), after=after)


def list_digest(files: Sequence[FactFile]) -> str:
    """SHA-256 over a line `sha256 path` of each file, ordered by path: what an event says of the files it replaced."""
    lines = sorted(f"{file.sha256} {file.path}\n" for file in files)
    return hashlib.sha256("".join(sorted(lines, key=lambda line: line[65:])).encode()).hexdigest()


def _remove_superseded() -> int:
    """Remove files whose place another took so long ago that nobody reads them any more; their rows stay on record."""
    since = clock.now() - dt.timedelta(days=provisions.integer("facts.superseded", clock.today()))
    old = FactFile.replaced_at < since, FactFile.removed_at.is_(None)
    with unit_of_work() as session:
        gone = session.execute(sa.update(FactFile).where(*old).values(removed_at=clock.now()).returning(FactFile.path))
        paths = [current().facts / path for (path,) in gone]
    remove(paths)
    return len(paths)
