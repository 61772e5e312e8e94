"""Rows as text for the command line: an aligned table, JSON or CSV. Chinese letters count as two columns wide."""

import csv
import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

FORMATS = ("table", "json", "csv")


def printed(rows: Sequence[Mapping[str, Any]], form: str) -> str:
    """The rows in one of FORMATS, without a last line end; columns are those of the first row."""
    if form == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2, default=str)
    if not rows:
        return ""
    head = list(rows[0])
    cells = [head, *([_cell(row.get(name)) for name in head] for row in rows)]
    return _csv(cells) if form == "csv" else _table(cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "|".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def _csv(cells: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().rstrip("\n")


def _table(cells: list[list[str]]) -> str:
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(line.rstrip() for line in lines)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
