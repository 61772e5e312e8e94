"""Bulk files taken apart and put together: CSV, XLSX, NDJSON. Rows are numbered as a spreadsheet numbers them."""

import csv
import functools
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import python_calamine
import xlsxwriter

from registry.kernel.errors import Invalid

FORMS = ("csv", "xlsx", "ndjson")
MOST_ROWS = 100_000
MOST_UNPACKED = 400 << 20  # bytes that a spreadsheet may hold when unpacked: a hundred thousand permits have 200 MiB
MOST_COLUMNS = 200  # a cell far away would have all before it made too
_ENCODINGS = ("utf-8-sig", "gb18030")
_AT_ONCE = 1 << 20
_CELL = re.compile(rb'<c [^>]{0,200}?r="([A-Z]{1,3})([0-9]{1,7})"')
LONGEST_CELL = 20_000  # characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its number in the file, and what stands in its columns; `fault` where it can't be read."""

    number: int
    cells: Mapping[str, Any]
    fault: str = ""


def form_of(name: str) -> str:
    """The form of a file by its name. Raises Invalid for one that is none of ours."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in FORMS:
        raise Invalid(
            "bulk_form", f"{name[-40:]!r} is no file of filings", fix=f"name it with one of: .{', .'.join(FORMS)}"
        )
    return ending


def rows(path: Path, form: str, known: Sequence[str]) -> Iterator[Row]:
    """The rows of a file below its header, blank ones left out.

    Raises Invalid for a file that can't be read, names a column that is not known, or has more rows than allowed.
    """
    readers = {"csv": _csv, "xlsx": _xlsx, "ndjson": _ndjson}
    found = readers[form](path, known)
    for count, row in enumerate(found, 1):
        if count > MOST_ROWS:
            raise Invalid("bulk_rows", f"it has more than {MOST_ROWS} rows", fix="split it")
        yield row


def _text(path: Path) -> io.TextIOWrapper:
    """The file as text, in the first of `_ENCODINGS` in which all of it can be read."""
    for encoding in _ENCODINGS:
        with path.open(encoding=encoding, newline="") as file, suppress(UnicodeDecodeError):
            while file.read(_AT_ONCE):
                pass
            return path.open(encoding=encoding, newline="")
    raise Invalid("bulk_broken", "it is neither UTF-8 nor GBK", fix="save it as UTF-8")


def _csv(path: Path, known: Sequence[str]) -> Iterator[Row]:
    with _text(path) as file:
        lines = csv.reader(file, strict=True)
        header = _header(next(lines, []), known)
        try:
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    yield _row(lines.line_num, header, cells)
        except csv.Error as error:
            said = f"line {lines.line_num}: {error}"
            raise Invalid("bulk_broken", said, fix="close its quotation marks, and save it again") from error


def _xlsx(path: Path, known: Sequence[str]) -> Iterator[Row]:
    try:
        with ZipFile(path) as packed:
            _refuse_vast(packed)
        sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
        merged, lines = sheet.merged_cell_ranges, iter(sheet.iter_rows())
    except (BadZipFile, zlib.error, NotImplementedError, python_calamine.CalamineError, OSError, IndexError) as error:
        raise Invalid("bulk_broken", "it is no spreadsheet that can be read", fix="save it again as .xlsx") from error
    if merged:
        fix = "unmerge them, and let each row say everything itself"
        raise Invalid("bulk_merged", f"cells are merged in row {merged[0][0][0] + 1}", fix=fix)
    header = _header([_cell(each) for each in next(lines, [])], known)
    for number, line in enumerate(lines, 2):
        cells = [_cell(each) for each in line]
        if any(cell.strip() for cell in cells):
            yield _row(number, header, cells)


def _refuse_vast(packed: ZipFile) -> None:
    """Refuse what would fill the memory: too much when unpacked, or a cell far away from the others."""
    left = MOST_UNPACKED - sum(each.file_size for each in packed.infolist())
    if left < 0:
        raise Invalid("bulk_broken", "it holds too much when unpacked", fix="split it")
    for name in (each for each in packed.namelist() if each.startswith("xl/worksheets/")):
        with packed.open(name) as file:
            before = b""
            while part := file.read(_AT_ONCE):
                _refuse_far(before + part)
                before = part[-300:]


def _refuse_far(part: bytes) -> None:
    for column, row in set(_CELL.findall(part)):
        place = functools.reduce(lambda number, letter: number * 26 + letter - 64, column, 0)
        if place > MOST_COLUMNS or int(row) > MOST_ROWS + 1:
            said = f"it has a cell at {column.decode()}{row.decode()}"
            raise Invalid("bulk_far", said, fix="delete the empty rows and columns behind the filled ones, or split it")


def _cell(value: Any) -> str:
    """A spreadsheet's cell as its text: whole numbers without `.0`, days and times in ISO form."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _ndjson(path: Path, known: Sequence[str]) -> Iterator[Row]:
    with _text(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _object(number, line, known)


def _object(number: int, line: str, known: Sequence[str]) -> Row:
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError):
        cells = None
    if not isinstance(cells, dict):
        return Row(number, {}, "the line is no JSON object")
    strange = [name for name in cells if name not in known]
    return Row(number, cells, f"there is no column {strange[0][:40]!r}" if strange else "")


def _header(names: Sequence[str], known: Sequence[str]) -> list[str]:
    header = [name.strip() for name in names]
    while header and not header[-1]:
        header.pop()
    strange = [name for name in header if name not in known]
    twice = [name for name in header if header.count(name) > 1]
    if not header or strange or twice:
        said = (
            f"its first line names {strange[0][:40]!r}" if strange else f"{twice[0]!r} twice" if twice else "no header"
        )
        raise Invalid("bulk_header", said, fix=f"the columns are: {', '.join(known)}")
    return header


def _row(number: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Row(number, {}, "a cell is too long")
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        return Row(number, {}, f"it has {len(cells)} cells where the header has {len(header)}")
    return Row(number, dict(zip(header, cells, strict=False)))


def write(path: Path, form: str, header: Sequence[str], lines: Iterable[Mapping[str, Any]], told: Any = ()) -> None:
    """Write a file in one of FORMS. told: rows for a second sheet that explains the columns (XLSX alone)."""
    if form == "ndjson":
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(dict(line), ensure_ascii=False, default=str) + "\n" for line in lines)
    elif form == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([safe(line.get(name)) for name in header] for line in lines)
    else:
        _write_sheet(path, header, lines, told)


def _write_sheet(path: Path, header: Sequence[str], lines: Iterable[Mapping[str, Any]], told: Any) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        for name, head, body in (("filings", header, lines), ("columns", ("column", "zh", "en", "needed"), told)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(head))
            for place, line in enumerate(body, 1):
                sheet.write_row(place, 0, [plain(line.get(each)) for each in head])


def plain(value: Any) -> str:
    """A cell's text: lists joined with |, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return (
            json.dumps(value, ensure_ascii=False) if value and isinstance(value[0], dict) else "|".join(map(str, value))
        )
    return str(int(value)) if isinstance(value, bool) else str(value)


def safe(value: Any) -> str:
    """The same for CSV, where a spreadsheet would take some beginnings for a formula: shown as text."""
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
