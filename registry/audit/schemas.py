"""Audit events as they go out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.schema import Moment


class AuditEventOut(Schema):
    """Who did what to what, when and why, and the event's place in the chain."""

    number = fields.Integer(required=True)
    at = Moment(required=True)
    actor = fields.String(required=True)
    actor_kind = fields.String(required=True)
    action = fields.String(required=True)
    subject_kind = fields.String(required=True)
    subject_key = fields.String(required=True)
    before = fields.Dict(required=True, allow_none=True)
    after = fields.Dict(required=True, allow_none=True)
    reason = fields.String(required=True)
    request_id = fields.String(required=True)
    hash = fields.String(required=True)


class AuditQuery(Query):
    """Filters of the list; `after` is an event's number."""

    after = fields.String(load_default="", validate=validate.Regexp(r"[0-9]{0,18}\Z", error="write a number"))
    actor = fields.String(load_default="", validate=validate.Length(max=200))
    action = fields.String(load_default="", validate=validate.Length(max=200))
    subject_kind = fields.String(load_default="", validate=validate.Length(max=200))
    subject_key = fields.String(load_default="", validate=validate.Length(max=200))


AuditPage = page_of(AuditEventOut)
