"""What the API answers of deliveries and days."""

from marshmallow import fields, validate

from registry.http.schema import Moment, Schema
from registry.traffic.model import IngestState


class DeliveryOut(Schema):
    """A file that was taken in: read = accepted + rejected."""

    sha256 = fields.String(required=True)
    name = fields.String(required=True)
    gateway = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "bytes"})
    read = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    messages = fields.Integer(required=True, metadata={"description": "counted in the facts"})
    joined = fields.Integer(required=True, metadata={"description": "of these, put together from parts"})
    waiting = fields.Integer(required=True, metadata={"description": "parts whose siblings had not come yet"})
    duplicates = fields.Integer(required=True, metadata={"description": "rows that had been counted before"})
    unknown_columns = fields.List(fields.String(), required=True)
    days = fields.List(fields.String(), required=True)
    ingested_at = Moment(required=True)
    ingested_by = fields.String(required=True)


class DayOut(Schema):
    """A day of Asia/Shanghai and the messages counted on it."""

    day = fields.Date(required=True)
    messages = fields.Integer(required=True)


class DaysOut(Schema):
    """All days that have facts, the newest first."""

    items = fields.List(fields.Nested(DayOut), required=True)


class IngestIn(Schema):
    """Names of files that lie in the inbox of the data folder."""

    files = fields.List(
        fields.String(validate=validate.Length(min=1, max=255)), required=True, validate=validate.Length(min=1, max=100)
    )
    gateway = fields.String(load_default="", validate=validate.Length(max=100))
    default_time = Moment(load_default=None, allow_none=True)


class IngestOut(Schema):
    """A file that the worker takes in. `done` of `rows` are counted; `outcome`: what became of it."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    gateway = fields.String(required=True)
    state = fields.Enum(IngestState, by_value=True, required=True)
    done = fields.Integer(required=True)
    rows = fields.Integer(required=True)
    asked_by = fields.String(required=True)
    asked_at = Moment(required=True)
    started_at = Moment(required=True, allow_none=True)
    ended_at = Moment(required=True, allow_none=True)
    outcome = fields.Dict(required=True)
    error = fields.String(required=True, metadata={"description": "kind of the error that ended it"})


class IngestsOut(Schema):
    """What was ordered."""

    items = fields.List(fields.Nested(IngestOut), required=True)
