"""Deputies and offices as they come in and go out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.schema import Moment

_EMAIL = validate.Length(3, 201)


class DeputyIn(Schema):
    """Who stands in for whom, until when (and from when, now where not said), and why."""

    absent = fields.String(required=True, validate=_EMAIL)
    deputy = fields.String(required=True, validate=_EMAIL)
    since = Moment(load_default=None, allow_none=True)
    until = Moment(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class DeputyOut(Schema):
    """One appointment."""

    key = fields.String(required=True)
    absent = fields.String(required=True)
    deputy = fields.String(required=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True)
    reason = fields.String(required=True)
    made_by = fields.String(required=True)
    made_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)


class DeputyQuery(Query):
    """Pages of appointments."""


class OfficeOut(Schema):
    """An office: a province's code, empty for headquarters, and how many people have log-ins there."""

    office = fields.String(required=True)
    people = fields.Integer(required=True)


class OfficeList(Schema):
    """All offices."""

    items = fields.List(fields.Nested(OfficeOut), required=True)


DeputyPage = page_of(DeputyOut)
