"""What the API answers of deliveries and days."""

from marshmallow import fields

from registry.http.schema import Moment, Schema


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
