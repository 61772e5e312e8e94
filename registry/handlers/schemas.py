"""Handlers as the API shows and takes them: never whole but where one asks for a value."""

from marshmallow import fields, validate

from registry.handlers.values import FIELDS
from registry.http import Query, Schema, page_of
from registry.http.schema import Moment

_VALUE = validate.Length(max=60)


class HandlerIn(Schema):
    """A person who acts for one's enterprise, or for a customer (`enterprise`: its code) that one files for."""

    name = fields.String(required=True, validate=_VALUE)
    id_number = fields.String(required=True, validate=_VALUE)
    phone = fields.String(required=True, validate=_VALUE)
    enterprise = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))


class HandlerOut(Schema):
    """A handler, masked. `key` is what a filing names."""

    key = fields.String(required=True)
    enterprise = fields.String(required=True)
    name = fields.String(required=True)
    id_number = fields.String(required=True)
    phone = fields.String(required=True)
    made_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    erased_at = Moment(required=True, allow_none=True)


class HandlerQuery(Query):
    """Filters of the list."""

    enterprise = fields.String(load_default="", validate=validate.Length(max=100))


class FindIn(Schema):
    """By an ID number, a telephone number, or both; in the body, since addresses of pages stand in logs."""

    id_number = fields.String(load_default="", validate=_VALUE)
    phone = fields.String(load_default="", validate=_VALUE)


class FoundOut(Schema):
    """Whoever has it."""

    items = fields.List(fields.Nested(HandlerOut), required=True)


class UnmaskIn(Schema):
    """Which value, and why."""

    field = fields.String(required=True, validate=validate.OneOf(FIELDS))
    reason = fields.String(required=True, validate=validate.Length(4, 1000))


class ValueOut(Schema):
    """The whole value, in this answer and nowhere else."""

    value = fields.String(required=True)


HandlerPage = page_of(HandlerOut)
