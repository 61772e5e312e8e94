"""The files of a bundle as rows of text, one at a time: CSV in UTF-8, or the same table as Parquet."""

import csv
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from registry.exchange.form import Form
from registry.exchange.forms import BY_FILE, FORMS
from registry.kernel import clock
from registry.kernel.errors import Invalid

KINDS = (".csv", ".parquet")
HEADER_ROW = 1  # rows are numbered as a spreadsheet numbers them
LARGEST_CELL = 1024 * 1024  # characters
_BATCH = 10_000  # rows of Parquet in memory at once
_BLOCK = 1024 * 1024  # bytes


class Unfit(Exception):  # noqa: N818 - it says what the file is
    """A file that cannot be read on: a stable code, a sentence, the fix, and the row where it is known."""

    def __init__(self, code: str, message: str, fix: str, row: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.row = code, message, fix, row


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that lies in the folder: its form and its path."""

    form: Form
    path: Path

    @property
    def name(self) -> str:
        """The file's name with its ending."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: its header, and its rows with their numbers; closed when the block ends."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in a bundle's folder: the known files in the order of the forms, and what is left aside."""

    files: tuple[Delivered, ...]
    unknown: tuple[str, ...]


def look_into(path: Path) -> Folder:
    """The files of a bundle. Raises Invalid where the folder is none, holds no table, or one table twice."""
    if not path.is_dir():
        raise Invalid("no_folder", f"{path} is no folder", fix="name the folder in which the tables lie")
    present = {each.name: each for each in sorted(path.iterdir())}
    files = [Delivered(form, present.pop(form.file + kind)) for form, kind in _pairs() if form.file + kind in present]
    twice = {each.form.file for each in files if sum(other.form is each.form for other in files) > 1}
    if twice:
        said = f"there are both CSV and Parquet of {', '.join(sorted(twice))}"
        raise Invalid("table_twice", said, fix="leave one of the two")
    if not files:
        known = ", ".join(BY_FILE)
        raise Invalid("no_tables", f"{path} holds no table of a bundle", fix=f"known are {known}, as .csv or .parquet")
    return Folder(tuple(files), tuple(present))


def _pairs() -> Iterator[tuple[Form, str]]:
    return ((form, kind) for form in FORMS for kind in KINDS)


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def opened(file: Delivered) -> Iterator[Table]:
    """The rows of a file. Raises Unfit, also while they are read."""
    if not file.path.is_file():
        raise Unfit("no_file", f"{file.name} is no file", "put the table itself there")
    try:
        if file.path.suffix == ".csv":
            with file.path.open(encoding="utf-8-sig", newline="") as lines:
                yield _csv(lines, file.name)
        else:
            with file.path.open("rb") as binary:
                yield _parquet(binary, file.name)
    except OSError as error:
        raise Unfit("unreadable", f"{file.name} cannot be read: {error.strerror}", "look at the disk") from error


def _csv(lines: IO[str], name: str) -> Table:
    csv.field_size_limit(LARGEST_CELL)
    rows = _told(csv.reader(lines, strict=True), name)
    first = next(rows, None)
    if first is None:
        raise Unfit("no_header", f"{name} is empty", "write the header line, even where no row follows")
    return Table(tuple(cell.strip() for cell in first[1]), rows)


def _told(reader: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV with their numbers, blank lines left out; what goes wrong is said for people."""
    number = 0
    try:
        for row in reader:
            number += 1
            if row:
                yield number, row
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        said = f"{name} is not UTF-8 (byte 0x{byte:02X} after row {number}); it may be GBK"
        raise Unfit("not_utf8", said, "save it as UTF-8", number + 1) from error
    except csv.Error as error:
        fix = "look at its quotes and at its end; the file may be cut off"
        raise Unfit("csv_broken", f"{name} breaks off or is misquoted: {error}", fix, number + 1) from error


def _parquet(binary: IO[bytes], name: str) -> Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    fix = "write it anew; the file may be cut off"
    try:
        table = pq.ParquetFile(binary)
    except (pa.ArrowException, OSError) as error:
        raise Unfit("parquet_broken", f"{name} cannot be read as Parquet", fix) from error
    return Table(tuple(table.schema_arrow.names), _rows_of_parquet(table, name, fix))


def _rows_of_parquet(table: Any, name: str, fix: str) -> Iterator[tuple[int, Sequence[str]]]:
    import pyarrow as pa

    number = HEADER_ROW
    try:
        for batch in table.iter_batches(batch_size=_BATCH):
            columns = [[_text(value) for value in column.to_pylist()] for column in batch.columns]
            for number, row in enumerate(zip(*columns, strict=True), number + 1):  # noqa: B020 - it goes on counting
                yield number, row
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Unfit("parquet_broken", f"{name} cannot be read as Parquet after row {number}", fix, number) from error


def _text(value: Any) -> str:
    """A value of Parquet as the CSV of the same table would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return "|".join(map(_text, value))
    if isinstance(value, dt.datetime) and value.tzinfo:
        return clock.write_moment(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
