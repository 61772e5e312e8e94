"""Bringing a bundle in: all of it is staged and checked, then all of it is kept, or nothing."""

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.changes import publish
from registry.exchange import agreement, loading, rechecking, report
from registry.exchange.joining import put_together
from registry.exchange.reading import HEADER_ROW, Delivered, Folder, fingerprint, look_into
from registry.exchange.staging import Counted, Staging, Watch
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict
from registry.store import unit_of_work

PERMISSION = "exchange.import"
RANGE = 10_000  # rows of a file that one audit event speaks of
SHOWN = 20  # objections of a file that the answer itself holds
_SHOWN = ("row", "refuses", "code", "field", "message", "fix")
_LOCK = 7_260_001  # advisory: one import at a time


@dataclass(frozen=True, slots=True)
class FileResult:
    """A file of the bundle: its rows, those refused, those kept, columns that nobody knows, first objections."""

    file: str
    rows: int
    refused: int
    kept: int
    unknown_columns: tuple[str, ...]
    objections: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an import. `unknown_files` lay in the folder and were left aside."""

    files: tuple[FileResult, ...]
    unknown_files: tuple[str, ...]
    kept: bool
    dry_run: bool

    @property
    def refused(self) -> int:
        """Rows (or whole files) that were objected to; any of them keeps all others out."""
        return sum(file.refused for file in self.files)


class _NotKept(Exception):  # noqa: N818 - it undoes the unit of work and carries the answer
    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


def _unwatched(_what: str, _rows: int) -> None:
    """Nobody looks on."""


def import_bundle(
    actor: Actor, folder: Path, *, report_to: Path | None = None, dry_run: bool = False, watch: Watch = _unwatched
) -> Result:
    """Bring a bundle in: checks all of it, then keeps all or nothing; `dry_run` keeps nothing in any case.

    The filing checks then run over it in the background.
    Raises Invalid where the folder holds no bundle or the report has no place, Conflict while another import runs.
    """
    actor.require(PERMISSION)
    found = look_into(folder)
    with report.draft(report_to) if report_to else contextlib.nullcontext() as target:
        try:
            with unit_of_work() as session:
                return _carried_through(_Import(session, actor, found, watch), target, dry_run=dry_run)
        except _NotKept as end:
            return end.result


def _carried_through(work: "_Import", target: TextIO | None, *, dry_run: bool) -> Result:
    work.check()
    if target:
        work.report(target)
    if dry_run or work.refused:
        raise _NotKept(work.result({}, dry_run=dry_run))
    return work.keep()


class _Import:
    """One import inside its unit of work."""

    def __init__(self, session: Session, actor: Actor, folder: Folder, watch: Watch) -> None:
        if not session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK))):
            raise Conflict("import_running", "another import is under way", fix="wait until it has ended")
        self._session, self._actor, self._folder, self._watch = session, actor, folder, watch
        self._staging = Staging(session)
        self._counted: list[Counted] = []

    @property
    def refused(self) -> dict[str, int]:
        """Rows that were objected to, by file; none where all can be kept."""
        return self._staging.refused_rows()

    def report(self, target: TextIO) -> None:
        """Write the result of every row."""
        report.write(self._session, self._staging, self._counted, target)

    def check(self) -> None:
        """Stage every file, then hold the rows against each other and against the registry."""
        self._counted = [self._staging.take(file, self._watch) for file in self._folder.files]
        unread = [file for file in self.refused if self._staging.is_unread(file)]
        self._watch("checks", 0)
        put_together(self._session, self._staging)
        agreement.check(self._session, self._staging, [each.file for each in self._counted], unread)

    def keep(self) -> Result:
        """Put everything into the registry; one audit event for each file and row range, one row of the feed a file."""
        at, kept = clock.now(), {}
        for file, counted in zip(self._folder.files, self._counted, strict=True):
            self._watch(f"{file.name}: keeping", counted.rows)
            done = loading.load(self._session, self._staging, file.form, at, self._actor.name)
            kept[counted.file] = done.rows
            self._tell(file, counted, done, at)
        result = self.result(kept, dry_run=False)
        self._staging.clear()
        return result

    def _tell(self, file: Delivered, counted: Counted, done: loading.Kept, at: dt.datetime) -> None:
        said = {"file": file.name, "sha256": fingerprint(file.path), "recorded_at": at}
        for first in range(HEADER_ROW + 1, counted.last_row + 1, RANGE):
            last = min(first + RANGE - 1, counted.last_row)
            after = said | {"first_row": first, "last_row": last}
            audit.record(self._actor, "bundle.imported", "bundle", f"{file.name}:{first}-{last}", after=after)
        if done.rows:
            ids = {"rows": done.rows, "first_id": done.first_id, "last_id": done.last_id}
            publish(file.form.kind, file.name, "imported", at, said | ids)
        if done.first_id is not None and done.last_id is not None:
            rechecking.ask(file.form.kind, done.first_id, done.last_id)

    def result(self, kept: dict[str, int], *, dry_run: bool) -> Result:
        """What came of it, file by file."""
        refused = self.refused
        files = [
            FileResult(
                each.name,
                each.rows,
                refused.get(each.file, 0),
                kept.get(each.file, 0),
                each.unknown,
                tuple(self._first_objections(each)),
            )
            for each in self._counted
        ]
        return Result(tuple(files), self._folder.unknown, kept=bool(kept), dry_run=dry_run)

    def _first_objections(self, counted: Counted) -> list[dict[str, Any]]:
        rows = report.objections(self._session, self._staging, counted.file, SHOWN)
        return [{"file": counted.name, **{name: getattr(row, name) for name in _SHOWN}} for row in rows]
