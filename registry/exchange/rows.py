"""From the cells of a row to the line that PostgreSQL's COPY takes, with every objection to it."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from registry.exchange.form import Column, Form
from registry.kernel import clock
from registry.kernel.checking import Checking
from registry.kernel.errors import FieldError

_REMEMBERED = 8192  # cells of a column, so that what repeats is judged once
_NULL = r"\N"
_UNIT = "\x1f"
_COPY = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_ARRAY = str.maketrans({"\\": r"\\", '"': r"\""})
_FROM = Column("valid_from", lambda check, field, cell: check.read(field, clock.parse_moment, cell, None), needed=True)
_UNTIL = Column("valid_until", _FROM.read, otherwise=None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: `line` for COPY (None where it is refused), `key` by which others refer to it."""

    line: str | None
    key: str
    errors: Sequence[FieldError]


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Any
    written: str
    errors: tuple[FieldError, ...]


class RowReader:
    """Reads the rows of one file whose header is given."""

    def __init__(self, form: Form, header: Sequence[str], known_as: Sequence[str]) -> None:
        self._form, self._width, self._known_as = form, len(header), known_as
        columns = (*form.columns, _FROM, _UNTIL) if form.dated else form.columns
        places = {name: place for place, name in enumerate(header)}
        self._plan = [(each.target, places.get(each.name), _remembering(each)) for each in columns]

    def read(self, cells: Sequence[str]) -> Row:
        """The row of these cells."""
        if len(cells) != self._width:
            said = f"it has {len(cells)} cells, the header has {self._width}"
            return Row(None, "", [FieldError("", "row_shape", said, "look at its commas and quotes")])
        read = {target: remembered("" if place is None else cells[place]) for target, place, remembered in self._plan}
        errors = [error for cell in read.values() if cell.errors for error in cell.errors]
        values = {target: cell.value for target, cell in read.items()}
        if not errors:
            errors = self._between(values)
        key = _UNIT.join(map(str, (values.get(name, "") for name in self._known_as)))
        if errors:
            return Row(None, key, errors)
        return Row("\t".join(self._written(read, values)) + "\n", key, ())

    def _between(self, values: Mapping[str, Any]) -> list[FieldError]:
        check = Checking()
        self._form.agree(check, values)
        if self._form.dated and values["valid_until"] and values["valid_until"] <= values["valid_from"]:
            fix = "give an end after the beginning, or leave it empty"
            check.refuse("valid_until", "period_empty", "it ends before it begins", fix)
        return check.errors

    def _written(self, read: Mapping[str, _Cell], values: Mapping[str, Any]) -> list[str]:
        own = {column.target: read[column.target].written for column in self._form.columns}
        own |= {name: _line(value) for name, value in self._form.derive(values).items()}
        if self._form.dated:
            begins, ends = read["valid_from"].written, read["valid_until"].written
            own["valid"] = f'["{begins}",{"" if ends == _NULL else _quoted(ends)})'
        return list(own.values())


def _remembering(column: Column) -> Callable[[str], _Cell]:
    @lru_cache(_REMEMBERED)
    def read(text: str) -> _Cell:
        check, cell = Checking(), text.strip()
        if "\x00" in cell:
            check.refuse(column.name, "control_character", "it holds a NUL character", "type it anew")
        elif cell:
            value = column.read(check, column.name, cell)
            return _Cell(value, _line(value), tuple(check.errors))
        elif column.needed:
            check.refuse(column.name, "missing", "it is empty", "fill it in")
        return _Cell(column.otherwise, _line(column.otherwise), tuple(check.errors))

    return read


def _quoted(text: str) -> str:
    return f'"{text}"'


def _line(value: Any) -> str:
    """A value in the text form of COPY."""
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return "{" + ",".join(_quoted(each.translate(_ARRAY)).translate(_COPY) for each in value) + "}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True).translate(_COPY)
    return str(value.value if isinstance(value, Enum) else value).translate(_COPY)
