"""The columns of a bulk file, which follow from the forms of the kinds: how each cell is read, and what it says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from marshmallow import fields, validate

from registry.filings.forms import form
from registry.filings.kinds import Kind
from registry.http.schema import Moment
from registry.kernel.sentence import Sentence

REFERENCE = "referenceId"
PAPERS = "papers"
NOTE = "note"
RESULT = ("state", "filing", "code", "field", "fix")
"""What a result file adds to each row."""

_FLAGS = {"1": True, "true": True, "yes": True, "是": True, "0": False, "false": False, "no": False, "否": False}
_BESIDE = {
    REFERENCE: Sentence("本行自己的编号，同一申请人不重复", "the row's own number, once for an applicant"),
    PAPERS: Sentence("已上传材料的编号", "keys of papers that are on file"),
    NOTE: Sentence("给审核员的说明", "a note to the reviewer"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind`: text, number, flag, time, list or object; `choices`: all that it may hold, where closed."""

    name: str
    kind: str
    needed: bool
    choices: tuple[str, ...] = ()

    def said(self) -> Sentence:
        """What stands in it, for the sheet that explains the columns."""
        if self.name in _BESIDE:
            return _BESIDE[self.name]
        words = {
            "text": ("文本", "text"),
            "number": ("整数", "a whole number"),
            "flag": ("1 或 0", "1 or 0"),
            "time": ("日期，如 2026-12-31，或带时区的时间", "a day like 2026-12-31, or a time with its offset"),
            "list": ("多项，用 | 分开", "several, joined with |"),
            "object": ("JSON 数组", "a JSON array"),
        }[self.kind]
        closed = " | ".join(self.choices)
        return Sentence(
            f"{words[0]}：{closed}" if closed else words[0], f"{words[1]}: {closed}" if closed else words[1]
        )


@cache
def columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind's file: those of its form, behind the row's own reference."""
    of_form = tuple(_column(name, field) for name, field in form(kind).fields.items())
    return (
        Column(REFERENCE, "text", needed=False),
        *of_form,
        Column(PAPERS, "list", False),
        Column(NOTE, "text", False),
    )


def _column(name: str, field: fields.Field[Any]) -> Column:
    if isinstance(field, fields.List):
        nested = isinstance(field.inner, fields.Nested)
        return Column(name, "object" if nested else "list", field.required, () if nested else _choices(field.inner))
    kinds = ((Moment, "time"), (fields.Boolean, "flag"), (fields.Integer, "number"))
    kind = next((told for each, told in kinds if isinstance(field, each)), "text")
    return Column(name, kind, field.required, _choices(field))


def _choices(field: fields.Field[Any]) -> tuple[str, ...]:
    closed = (each for each in field.validators if isinstance(each, validate.OneOf))
    return tuple(str(choice) for each in closed for choice in each.choices)


def values(kind: Kind, cells: Mapping[str, Any]) -> dict[str, Any]:
    """A row's cells as the kind's form loads them; empty ones are left out, what is no text is taken as it is."""
    found = {column.name: _value(column, cells.get(column.name)) for column in columns(kind)}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _value(column: Column, cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    match column.kind:
        case "list":
            return [each.strip() for each in text.split("|") if each.strip()]
        case "flag":
            return _FLAGS.get(text.lower(), text)
        case "number":
            return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else text  # noqa: PLR2004
        case "object":
            return _parsed(text)
        case _:
            return text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return text


def example(kind: Kind) -> dict[str, str]:
    """A row that shows how each column is filled."""
    shown = {"port": "10690123", "signature": "示例签名", "categories": "notice|verification", REFERENCE: "row-1"}
    return {each.name: shown.get(each.name, _shown(each)) for each in columns(kind)}


def _shown(column: Column) -> str:
    if column.choices:
        return column.choices[0]
    return {"number": "10000", "flag": "0", "time": "2027-12-31"}.get(column.kind, "")
