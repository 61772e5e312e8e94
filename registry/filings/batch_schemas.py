"""Batches of decisions as they come in and go out."""

from marshmallow import fields, validate

from registry.filings.batch.queries import MOST
from registry.http.schema import Moment, Schema

_KEY = validate.Length(min=1, max=80)


class BatchIn(Schema):
    """Which filings."""

    filings = fields.List(fields.String(validate=_KEY), required=True, validate=validate.Length(1, MOST))


class LookIn(Schema):
    """Which one of the sample is opened."""

    filing = fields.String(required=True, validate=_KEY)


class LeftOut(Schema):
    """A filing that the action did not decide, and why."""

    filing = fields.String(required=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class Member(Schema):
    """A filing as it was when the batch was drawn."""

    filing = fields.String(required=True)
    version = fields.Integer(required=True)


class BatchOut(Schema):
    """A batch: what is in it, what must be opened, what was, what became of each."""

    key = fields.String(required=True)
    members = fields.List(fields.Nested(Member), required=True)
    sample = fields.List(fields.String(), required=True)
    opened = fields.List(fields.String(), required=True)
    decided = fields.List(fields.String(), required=True)
    left_out = fields.List(fields.Nested(LeftOut), required=True)
    drawn_by = fields.String(required=True)
    drawn_at = Moment(required=True)
    decided_at = Moment(required=True, allow_none=True)
    version = fields.Integer(required=True)
