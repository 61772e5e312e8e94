"""Asks as they come in and go out."""

from marshmallow import fields, validate

from registry.asks.workflow import AskState
from registry.detection.proof import Element, Stance
from registry.http import Query, Schema, page_of
from registry.http.said import MOST_PAPERS, TextIn
from registry.http.schema import Moment, StepOut


class AskOut(Schema):
    """What was asked of whom, until when, and what became of it."""

    key = fields.String(required=True)
    case = fields.String(required=True)
    enterprise = fields.String(required=True)
    element = fields.Enum(Element, by_value=True, required=True)
    what = fields.String(required=True)
    state = fields.Enum(AskState, by_value=True, required=True)
    asked_at = Moment(required=True)
    due_at = Moment(required=True)
    overdue = fields.Boolean(required=True)
    reminders = fields.Integer(required=True)
    received_at = Moment(required=True, allow_none=True)
    answer = fields.String(required=True)
    papers = fields.List(fields.String(), required=True)
    hashes = fields.List(fields.String(), required=True)
    stance = fields.Enum(Stance, by_value=True, required=True, allow_none=True)
    version = fields.Integer(required=True)


class AskWhole(AskOut):
    """The same, with what was done."""

    steps = fields.List(fields.Nested(StepOut), required=True)


class AskQuery(Query):
    """Filters by the names of the fields."""

    case = fields.String(load_default="", validate=validate.Length(max=60))
    enterprise = fields.String(load_default="", validate=validate.Length(max=100))
    state = fields.Enum(AskState, by_value=True, load_default=None)
    element = fields.Enum(Element, by_value=True, load_default=None)
    overdue = fields.Boolean(load_default=False)


class ReceiveIn(TextIn):
    """Originals that came in another way: the SHA-256 of each one's scan."""

    hashes = fields.List(
        fields.String(validate=validate.Regexp(r"[0-9a-f]{64}\Z")),
        required=True,
        validate=validate.Length(1, MOST_PAPERS),
    )


class AcceptIn(TextIn):
    """What the original shows."""

    stance = fields.Enum(Stance, by_value=True, required=True)


AskPage = page_of(AskOut)
