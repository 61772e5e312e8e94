"""Schemas: what comes in is refused where it is not what is asked for, in one way everywhere."""

import re
from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.kernel import clock
from registry.kernel.paging import MOST, USUAL, PageRequest

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Moment(fields.Field[Any]):
    """A moment: RFC 3339 with offset, or a date that means 00:00 in Asia/Shanghai; written in Asia/Shanghai."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002
        return None if value is None else value.astimezone(clock.SHANGHAI).isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if not isinstance(value, str):
            raise ma.ValidationError("write a time as text: 2026-05-01T08:00:00+08:00")
        try:
            return clock.parse_moment(value)
        except ValueError as error:
            raise ma.ValidationError(str(error)) from error


class Schema(ma.Schema):
    """Refuses unknown fields, NUL characters and broken Unicode, which no text of this registry may hold."""

    class Meta:
        """Unknown fields are errors; the order of fields is kept."""

        unknown = ma.RAISE

    def handle_error(self, error: ma.ValidationError, data: Any, *, many: bool, **kwargs: Any) -> None:  # noqa: ARG002
        """Say beside an unknown field which ones are known."""
        unknown = self.error_messages["unknown"]
        known = f"{unknown} Known are: {', '.join(sorted(self.load_fields))}"
        if isinstance(error.messages, dict):
            error.messages |= {name: [known] for name, said in error.messages.items() if said == [unknown]}

    @ma.pre_load
    def _refuse_unstorable(self, data: Any, **_kwargs: Any) -> Any:
        if isinstance(data, Mapping):
            broken = {str(name): ["holds a character that cannot be stored"] for name in data if _bad(data[name])}
            if broken:
                raise ma.ValidationError(broken)
        return data


def _bad(value: Any) -> bool:
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is not None
    if isinstance(value, Mapping):
        return any(_bad(name) or _bad(each) for name, each in value.items())
    return isinstance(value, list) and any(_bad(each) for each in value)


class Count(fields.Integer):
    """A whole number in a query: ASCII digits and nothing else, which `int` would take more of."""

    def _validated(self, value: Any) -> int:
        if not str(value).isascii() or not str(value).isdecimal():
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Query(Schema):
    """What every list takes: `after` and `limit`."""

    after = fields.String(load_default="", validate=validate.Length(max=200))
    limit = Count(load_default=USUAL, validate=validate.Range(1, MOST))

    @staticmethod
    def page(query: dict[str, Any]) -> PageRequest:
        """Take paging out of the query, so that the filters remain."""
        return PageRequest(query.pop("after"), query.pop("limit"))


class AtQuery(Schema):
    """What every read of the registry takes: what was in force then, as it was known then. Both are now if not said."""

    as_of = Moment(load_default=None, metadata={"description": "what was in force at this moment"})
    known_at = Moment(load_default=None, metadata={"description": "as the registry knew it at this moment"})


class ListQuery(Query, AtQuery):
    """A list of the registry: paging, and the two clocks."""


class Nothing(Schema):
    """No parameters at all."""


class StepOut(Schema):
    """Something done about a thing that is worked on: who, what, why."""

    at = Moment(required=True)
    actor = fields.String(required=True)
    action = fields.String(required=True)
    text = fields.String(required=True)
    content = fields.Dict(required=True)


class FieldProblem(Schema):
    """One field of a problem."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    fix = fields.String(required=True)


class ProblemAnswer(Schema):
    """An RFC 9457 problem."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    fix = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblem), required=True)
    request_id = fields.String(required=True)


def page_of(item: type[Schema]) -> type[Schema]:
    """The schema of a page of these items."""
    name = f"{item.__name__}Page"
    members: dict[str, Any] = {
        "__module__": item.__module__,
        "items": fields.List(fields.Nested(item), required=True),
        "after": fields.String(required=True, metadata={"description": "ask the next page with it; empty: the last"}),
    }
    return type(name, (Schema,), members)
