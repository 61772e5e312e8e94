"""A delivered file made ready for the engine: whatever its form, what comes out is Parquet with known columns."""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from registry.kernel.errors import Invalid, NotFound
from registry.traffic.columns import KNOWN
from registry.traffic.text_lines import (
    LONGEST_LINE,
    SNIFFED,
    Lines,
    TextRow,
    csv_header,
    csv_rows,
    encoding_of,
    ndjson_rows,
)

FORMATS = {
    ".csv": "csv",
    ".txt": "csv",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "ndjson",
    ".parquet": "parquet",
}
BATCH = 65_536  # rows
BLOCK = 1 << 20  # bytes
_COLUMNS: dict[str, Any] = {"line": pa.int64(), "fault": pa.string(), **dict.fromkeys(KNOWN, pa.string())}
SCHEMA = pa.schema(_COLUMNS)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as the engine reads it: `types` of the columns it knows by name, `unknown` names of the others."""

    source: str
    types: dict[str, str]
    unknown: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file as it came: where it lies, its SHA-256, its size in bytes."""

    path: Path
    sha256: str
    size: int


def delivery(path: Path) -> Delivery:
    """Look at a file and hash it. Raises NotFound or Invalid, saying what stands there instead."""
    if path.is_dir():
        raise Invalid("is_a_folder", f"{path.name} is a folder", fix="name the files in it")
    if not path.is_file():
        raise NotFound("no_such_file", f"there is no file {path.name}")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Invalid("unreadable_file", f"{path.name} cannot be read: {error.strerror}") from error
    return Delivery(path, digest, path.stat().st_size)


def opened(path: Path, work: Path, connection: duckdb.DuckDBPyConnection) -> Opened:
    """The file as Parquet: itself, or a draft of it in the folder `work`.

    Raises Invalid where it is not what it says.
    """
    suffixes = [each.lower() for each in path.suffixes]
    packing = suffixes.pop() if suffixes and suffixes[-1] in (".gz", ".zst") else ""
    form = FORMATS.get(suffixes[-1] if suffixes else "")
    if form is None:
        fix = f"name it {', '.join(FORMATS)}, each also with .gz or .zst behind"
        raise Invalid("unknown_format", f"{path.name} does not say by its name what it is", fix=fix)
    try:
        if form == "parquet":
            return _parquet(_unpacked(path, packing, work) if packing else path, connection)
        return _from_text(path, packing, form, work)
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError, duckdb.Error) as error:
        detail = f"{path.name} is damaged or was cut off, or is no {form} file: {_brief(error)}"
        raise Invalid("unreadable_file", detail, fix="have it delivered again") from error


def _brief(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__


def _parquet(path: Path, connection: duckdb.DuckDBPyConnection) -> Opened:
    name = str(path).replace("'", "''")
    source = f"read_parquet('{name}', file_row_number=true)"
    columns = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}").fetchall()
    found = {str(column[0]).strip().lower(): str(column[1]) for column in columns}
    rows = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    numbered = f"(SELECT *, file_row_number AS line, '' AS fault FROM {source})"
    known = {name: kind for name, kind in found.items() if name in KNOWN}
    return Opened(numbered, known, tuple(name for name in found if name not in KNOWN), rows)


def _unpacked(path: Path, packing: str, work: Path) -> Path:
    target = work / "unpacked.parquet"
    with _stream(path, packing) as packed, target.open("wb") as file:
        while block := packed.read(BLOCK):
            file.write(block)
    return target


def _from_text(path: Path, packing: str, form: str, work: Path) -> Opened:
    with _stream(path, packing) as stream:
        encoding = encoding_of(stream.read(SNIFFED))
    with _stream(path, packing) as stream:
        lines = Lines(stream, encoding)
        header = _header(lines, path) if form == "csv" else []
        rows = csv_rows(lines, header) if form == "csv" else ndjson_rows(lines)
        draft = _Draft(work / "rows.parquet")
        draft.write(rows)
    names = header or sorted(draft.names)
    target = str(draft.path).replace("'", "''")
    known = {name: "VARCHAR" for name in names if name in KNOWN}
    return Opened(f"read_parquet('{target}')", known, tuple(n for n in names if n not in KNOWN), draft.rows)


def _header(lines: Lines, path: Path) -> list[str]:
    try:
        header = csv_header(lines)
    except (StopIteration, csv.Error):
        raise Invalid("no_header", f"{path.name} has no header line") from None
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise Invalid("repeated_column", f"{path.name} names a column twice: {', '.join(twice)}")
    return header


class _Draft:
    """The rows of a text file as Parquet."""

    def __init__(self, path: Path) -> None:
        self.path, self.names, self.rows = path, set[str](), 0

    def write(self, rows: Iterable[TextRow]) -> None:
        """Write all of them, a batch at a time."""
        remaining = iter(rows)
        with pq.ParquetWriter(self.path, SCHEMA, compression="snappy") as writer:
            while batch := list(islice(remaining, BATCH)):
                self.rows += len(batch)
                writer.write_batch(self._columns(batch))

    def _columns(self, batch: list[TextRow]) -> pa.RecordBatch:
        for row in batch:
            self.names.update(row.values)
        columns: list[Any] = [[row.line for row in batch], [row.fault for row in batch]]
        columns += [[row.values.get(name) for row in batch] for name in KNOWN]
        return pa.record_batch([pa.array(each, SCHEMA.field(n).type) for n, each in enumerate(columns)], schema=SCHEMA)


@contextmanager
def _stream(path: Path, packing: str) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        if packing == ".gz":
            with gzip.open(file) as unpacked:
                yield unpacked  # type: ignore[misc] # a GzipFile is read like a file
        elif packing == ".zst":
            yield io.BufferedReader(Unzstandard(file), LONGEST_LINE)
        else:
            yield file


class Unzstandard(io.RawIOBase):
    """What a .zst file holds; unlike the library's reader it notices that a file was cut off."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._rest = file, b""
        self._frame: Any = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the next bytes. Raises EOFError where a frame does not end."""
        while not self._rest:
            block = self._file.read(BLOCK // 8)
            if not block:
                if self._frame is not None:
                    raise EOFError("the compressed stream ends before its end")
                return 0
            self._rest = self._unpacked(block)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def _unpacked(self, block: bytes) -> bytes:
        out = b""
        while block:
            self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            out += self._frame.decompress(block)
            block = self._frame.unused_data if self._frame.eof else b""
            self._frame = None if self._frame.eof else self._frame
        return out
