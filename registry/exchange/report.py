"""The report of an import: a result for every row, in a file that stands whole or not at all."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry.exchange.reading import HEADER_ROW
from registry.exchange.staging import Counted, Staging
from registry.kernel.errors import Invalid

COLUMNS = ("file", "row", "state", "code", "field", "message", "fix")
_AT_ONCE = 5000  # objections in memory at once


@contextmanager
def draft(path: Path) -> Iterator[TextIO]:
    """A file beside the report's place that becomes the report when the block ends well. Raises Invalid."""
    beside = path.with_name(path.name + ".part")
    try:
        file = beside.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise Invalid("report_place", f"{path} cannot be written: {error.strerror}", fix="name another file") from error
    try:
        with file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write(session: Session, staging: Staging, files: Sequence[Counted], target: TextIO) -> None:
    """The result of every row: ok, or error with each objection. A note beside an `ok` is for the look-back."""
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for counted in files:
        writer.writerows(_results(session, staging, counted))


def objections(session: Session, staging: Staging, file: str, most: int | None = None) -> Iterator[Any]:
    """What was objected to in a file, by row, what concerns all of it first."""
    table = staging.errors
    query = sa.select(table).where(table.c.file == file).limit(most)
    query = query.order_by(table.c.row.nulls_first(), table.c.refuses.desc(), table.c.field, table.c.code)
    yield from session.execute(query, execution_options={"yield_per": _AT_ONCE})


def _results(session: Session, staging: Staging, counted: Counted) -> Iterator[Sequence[Any]]:
    told = HEADER_ROW
    for each in objections(session, staging, counted.file):
        row = each.row or 0
        yield from (_fine(counted.name, number) for number in range(told + 1, row))
        told = max(told, row)
        state = "error" if each.refuses else "ok"
        yield counted.name, each.row or "", state, each.code, each.field, each.message, each.fix
    yield from (_fine(counted.name, number) for number in range(told + 1, counted.last_row + 1))


def _fine(name: str, row: int) -> Sequence[Any]:
    return name, row, "ok", "", "", "", ""
