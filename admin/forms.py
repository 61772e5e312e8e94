"""Forms drawn from the schemas that the API reads: one place says what a filing or a plan holds.

A page shows the fields, a sent form becomes the object that the schema loads, and its objections come back by field.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow as ma
from flask import request
from marshmallow import fields, validate

from registry.http.schema import Moment
from registry.kernel import clock
from registry.kernel.errors import FieldError, Invalid
from registry.law.divisions import PROVINCES

CONTEXTS = {
    "use": "port_use",
    "signing": "signing",
    "role": "delegation_role",
    "source": "signature_source",
    "categories": "category",
    "on_behalf": "on_behalf",
    "purpose": "purpose",
    "legal_form": "legal_form",
    "roles": "enterprise_role",
    "subject_kind": "subject_kind",
    "manner": "manner",
    "subjects": "subject_kind",
    "cohort": "cohort",
    "clear": "field",
}
"""Under which list the values of a field have their words."""

LISTED = ("links", "contacts")
"""Parts of a row that hold several things."""
LAST = ("valid_from", "valid_until")
"""What stands at the end of every form."""
LONG_TEXT = 1000  # characters: from here on a field gets several lines


@dataclass(frozen=True, slots=True)
class Field:
    """One field as a page shows it. `kind`: text, long, number, day, flag, choice, choices, provinces, lines, rows.

    Of rows, one object a line, `choices` are the names of its parts, which a semicolon divides.
    """

    name: str
    kind: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    most: int = LONG_TEXT

    @property
    def context(self) -> str:
        """Under which list its values have their words."""
        return CONTEXTS.get(self.name, self.name)


def fields_of(schema: type[ma.Schema]) -> list[Field]:
    """The fields of a schema in its order."""
    found = [_field(name, field) for name, field in schema().fields.items()]
    return sorted(found, key=lambda field: field.name in LAST)


def _field(name: str, field: fields.Field[Any]) -> Field:
    if name == "provinces":
        return Field(name, "provinces", choices=tuple(PROVINCES))
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        return Field(name, "rows", field.required, tuple(field.inner.schema.fields))
    if isinstance(field, fields.List):
        chosen = _choices(field.inner)
        return Field(name, "choices" if chosen else "lines", field.required, chosen)
    if chosen := _choices(field):
        return Field(name, "choice", field.required, chosen)
    for kind, shown in ((Moment, "day"), (fields.Date, "day"), (fields.Boolean, "flag"), (fields.Integer, "number")):
        if isinstance(field, kind):
            return Field(name, shown, field.required)
    most = max((each.max or 0 for each in field.validators if isinstance(each, validate.Length)), default=0)
    return Field(name, "long" if most >= LONG_TEXT else "text", field.required, most=int(most) or LONG_TEXT)


def _choices(field: fields.Field[Any]) -> tuple[str, ...]:
    if isinstance(field, fields.Enum):
        return tuple(str(each.value) for each in field.enum)
    listed = (each for each in field.validators if isinstance(each, validate.OneOf))
    return tuple(str(choice) for each in listed for choice in each.choices)


def sent(asked: Iterable[Field]) -> dict[str, Any]:
    """What the form says, as the schema loads it; what was left empty is left out. Raises Invalid for no number."""
    found = {field.name: _value(field) for field in asked}
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _value(field: Field) -> Any:
    if field.kind in ("choices", "provinces"):
        return request.form.getlist(field.name)
    text = request.form.get(field.name, "").strip()
    match field.kind:
        case "flag":
            return bool(text)
        case "lines":
            return [line.strip() for line in text.replace("|", "\n").splitlines() if line.strip()]
        case "rows":
            return [_row(field, line) for line in text.splitlines() if line.strip()]
        case "number":
            return _number(field.name, text) if text else None
        case _:
            return text


def _row(field: Field, line: str) -> dict[str, Any]:
    """One object of a line: its parts in their order; the later ones hold lists, whose members a blank divides."""
    parts = [part.strip() for part in line.replace("；", ";").split(";")]
    said = {name: part for name, part in zip(field.choices, parts, strict=False) if part}
    return {name: part.split() if name in LISTED else part for name, part in said.items()}


def _line(row: Mapping[str, Any]) -> str:
    return "; ".join(" ".join(part) if isinstance(part, list) else str(part) for part in row.values())


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):  # noqa: PLR2004 - fits 64 bits
        error = FieldError(name, "no_number", f"{text[:20]!r} is no whole number")
        raise Invalid("no_number", "a whole number is needed", fields=[error])
    return int(text)


def objections(error: ma.ValidationError) -> Invalid:
    """A schema's objections as a problem whose fields have the form's own names."""
    found = [FieldError(str(name), "invalid", _first(said)) for name, said in _by_name(error).items()]
    return Invalid("invalid", "some fields cannot stay as they are", fields=found)


def _by_name(error: ma.ValidationError) -> dict[str, Any]:
    found: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call] # the library's has no types
    return found


def _first(said: Any) -> str:
    while isinstance(said, Mapping | list):
        said = next(iter(said.values() if isinstance(said, Mapping) else said), "")
    return str(said)


def shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the fields of a page hold them: days without their hour, lists as they are."""
    return {name: _shown(value) for name, value in values.items() if value is not None}


def _shown(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [_line(row) for row in value]
    if isinstance(value, str) and len(value) > len("2026-05-01") and value[10:11] == "T":
        try:
            return clock.local_day(dt.datetime.fromisoformat(value)).isoformat()
        except ValueError:
            return value
    return value
