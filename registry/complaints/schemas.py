"""Complaints as they come in and go out."""

from marshmallow import fields, validate

from registry.complaints.values import LONGEST, LONGEST_CONTENT
from registry.http import Query, Schema, page_of
from registry.http.schema import Moment
from registry.ports.schemas import digits


class ComplaintIn(Schema):
    """A new complaint."""

    complaint = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    received_at = Moment(load_default=None, allow_none=True)
    sent_at = Moment(load_default=None, allow_none=True)
    port = fields.String(required=True, validate=validate.Length(max=LONGEST))
    signature = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    content = fields.String(load_default="", validate=validate.Length(max=LONGEST_CONTENT))
    channel = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    province = fields.String(load_default="", validate=validate.Length(max=2))


class AnswerIn(Schema):
    """What was answered to whoever complained, or to 12321."""

    answer = fields.String(required=True, validate=validate.Length(1, LONGEST_CONTENT))


class ComplaintOut(Schema):
    """A complaint as it was received, until when it is to be answered, and what was."""

    key = fields.String(required=True)
    received_at = Moment(required=True)
    sent_at = Moment(required=True, allow_none=True)
    port = fields.String(required=True)
    signature = fields.String(required=True)
    content = fields.String(required=True)
    channel = fields.String(required=True)
    province = fields.String(required=True)
    answer_by = fields.Date(required=True, allow_none=True)
    answered_at = Moment(required=True, allow_none=True)
    answer = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    late = fields.Boolean(required=True)


class ComplaintQuery(Query):
    """Filters of the list."""

    port = digits()
    prefix = digits()
    signature = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    channel = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    province = fields.String(load_default="", validate=validate.Length(max=2))
    received_from = Moment(load_default=None)
    received_until = Moment(load_default=None)
    unanswered = fields.Boolean(load_default=False)
    overdue = fields.Boolean(load_default=False)


ComplaintPage = page_of(ComplaintOut)
