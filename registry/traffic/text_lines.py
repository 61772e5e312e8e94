"""CSV and NDJSON taken apart line by line: whatever stands in a file, each row is answered, whole or with its fault."""

import csv
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

LONGEST_LINE = 1 << 20  # bytes
LONGEST_RECORD = 200  # lines that one CSV record may span
SNIFFED = 4 << 20  # bytes
RETURN = re.compile(r"(?<=\r)(?!\n)(?=[^\n])")


@dataclass(slots=True)
class TextRow:
    """One row: the number of its first line, its fault (empty where it has none), its values by column."""

    line: int
    fault: str = ""
    values: dict[str, str | None] = field(default_factory=dict)


def encoding_of(start: bytes) -> str:
    """GB18030, which holds GBK, where most lines at the beginning of a file that need an encoding are not UTF-8."""
    lines = [line for line in start.splitlines()[: None if len(start) < SNIFFED else -1] if not line.isascii()]
    return "gb18030" if 2 * sum(_is_not_utf8(line) for line in lines) > len(lines) else "utf-8"


def _is_not_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


class Lines:
    """The lines of a stream as text; those since the last record are remembered, to be read again after a fault."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._again: deque[tuple[int, str, str]] = deque()
        self._since: list[tuple[int, str, str]] = []
        self._number = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        if len(self._since) >= LONGEST_RECORD:
            raise csv.Error("a record without end")
        if not self._again:
            self._read()
        entry = self._again.popleft()
        self._since.append(entry)
        return entry[2]

    def taken(self) -> tuple[int, str]:
        """The first line's number and the fault of the lines since the last record, which ends here."""
        number, fault = self._since[0][0], next((each[1] for each in self._since if each[1]), "")
        self._since.clear()
        return number, fault

    def give_back(self) -> int:
        """The lines behind the first one are read again; answers the first one's number."""
        number = self._since[0][0]
        self._again.extendleft(reversed(self._since[1:]))
        self._since.clear()
        return number

    def _read(self) -> None:
        """Read the next line; a carriage return alone ends a line as well, and each piece has the line's number."""
        raw = self._stream.readline(LONGEST_LINE)
        if not raw:
            raise StopIteration
        self._number += 1
        if self._number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        fault = "row:too_long" if len(raw) >= LONGEST_LINE and self._skip_rest() else ""
        try:
            text = "" if fault else raw.decode(self._encoding)
        except UnicodeDecodeError:
            fault, text = "row:encoding", raw.decode(self._encoding, "replace")
        pieces = RETURN.split(text) if "\r" in text.removesuffix("\n").removesuffix("\r") else (text,)
        self._again.extend((self._number, fault, piece) for piece in pieces)

    def _skip_rest(self) -> bool:
        while (more := self._stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        return True


def csv_header(lines: Lines) -> list[str]:
    """The names of the columns, in lower case: the first line that is not blank. Raises StopIteration, csv.Error."""
    for fields in csv.reader(lines, strict=True):
        lines.taken()
        if any(name.strip() for name in fields):
            return [name.strip().lower() for name in fields]
    raise StopIteration


def csv_rows(lines: Lines, header: list[str]) -> Iterator[TextRow]:
    """The rows below the header; blank lines are none. A broken quotation mark costs its line, not the file."""
    while True:
        try:
            for fields in csv.reader(lines, strict=True):
                number, fault = lines.taken()
                if fields or fault:
                    yield _csv_row(number, fault, fields, header)
            return
        except csv.Error:
            yield TextRow(lines.give_back(), "row:quotes")


def _csv_row(number: int, fault: str, fields: list[str], header: list[str]) -> TextRow:
    if fault or len(fields) != len(header):
        return TextRow(number, fault or "row:fields")
    return TextRow(number, "", dict(zip(header, fields, strict=True)))


def ndjson_rows(lines: Lines) -> Iterator[TextRow]:
    """One object a line; blank lines are none."""
    for text in lines:
        number, fault = lines.taken()
        if text.strip() or fault:
            yield TextRow(number, fault) if fault else _json_row(number, text)


def _json_row(number: int, text: str) -> TextRow:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return TextRow(number, "row:json")
    return TextRow(number, "", {name.strip().lower(): _as_text(value) for name, value in found.items()})


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return _storable(value)
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def _storable(text: str | None) -> str | None:
    """JSON may write half a surrogate pair, which no table can hold."""
    return text if text is None or text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
