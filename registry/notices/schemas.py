"""Notices, endpoints and deliveries as they come in and go out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.schema import Moment
from registry.notices.kinds import Channel, Topic
from registry.notices.policy import LONGEST_URL
from registry.notices.workflow import DeliveryState

_KEY = validate.Length(max=100)


class Both(Schema):
    """A sentence in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class NoticeQuery(Query):
    """Filters of the inbox."""

    unread = fields.Boolean(load_default=False)
    event = fields.String(load_default="", validate=_KEY)
    subject_kind = fields.String(load_default="", validate=_KEY)
    subject = fields.String(load_default="", validate=_KEY)


class NoticeOut(Schema):
    """One notice; `payload.reasons` holds each reason's code, field, sentence and fix."""

    key = fields.String(required=True)
    at = Moment(required=True)
    event = fields.String(required=True)
    subject_kind = fields.String(required=True)
    subject = fields.String(required=True)
    sentence = fields.Nested(Both, required=True)
    payload = fields.Dict(required=True)


class InboxItem(NoticeOut):
    """A notice, and whether whoever asks has read it."""

    read = fields.Boolean(required=True)


class ReadAll(Schema):
    """How many were marked."""

    marked = fields.Integer(required=True)


class EndpointIn(Schema):
    """Where webhooks are to go, and about what; no topics: about everything."""

    url = fields.String(required=True, validate=validate.Length(1, LONGEST_URL))
    topics = fields.List(fields.Enum(Topic, by_value=True), load_default=list, validate=validate.Length(max=len(Topic)))
    description = fields.String(load_default="", validate=validate.Length(max=200))


class NewEndpointIn(EndpointIn):
    """Staff may say whose it is; without it, it is the carrier's own."""

    enterprise = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))


class EndpointOut(Schema):
    """An endpoint without its secret."""

    key = fields.String(required=True)
    enterprise = fields.String(required=True, allow_none=True)
    url = fields.String(required=True)
    topics = fields.List(fields.String(), required=True)
    description = fields.String(required=True)
    made_by = fields.String(required=True)
    made_at = Moment(required=True)
    old_until = Moment(required=True, allow_none=True)
    closed_at = Moment(required=True, allow_none=True)
    version = fields.Integer(required=True)


class EndpointSecret(EndpointOut):
    """An endpoint with its secret, which is shown this once."""

    secret = fields.String(required=True)


class EndpointQuery(Query):
    """Filters of endpoints."""

    enterprise = fields.String(load_default="", validate=_KEY)


class AttemptOut(Schema):
    """One try: the other side's status (0: nobody answered) and words."""

    at = Moment(required=True)
    arrived = fields.Boolean(required=True)
    status = fields.Integer(required=True)
    said = fields.String(required=True)
    took_ms = fields.Integer(required=True)


class DeliveryOut(Schema):
    """One notice on its way to one target."""

    key = fields.String(required=True)
    notice = fields.String(required=True, attribute="notice.key")
    event = fields.String(required=True, attribute="notice.event")
    channel = fields.Enum(Channel, by_value=True, required=True)
    target = fields.String(required=True)
    state = fields.Enum(DeliveryState, by_value=True, required=True)
    tries = fields.Integer(required=True)
    next_at = Moment(required=True, allow_none=True)
    made_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    version = fields.Integer(required=True)


class DeliveryWithAttempts(DeliveryOut):
    """A delivery and every try of it."""

    attempts = fields.List(fields.Nested(AttemptOut), required=True)


class DeliveryQuery(Query):
    """Filters of deliveries."""

    target = fields.String(load_default="", validate=_KEY)
    state = fields.Enum(DeliveryState, by_value=True, load_default=None)
    channel = fields.Enum(Channel, by_value=True, load_default=None)


InboxPage = page_of(InboxItem)
EndpointPage = page_of(EndpointOut)
DeliveryPage = page_of(DeliveryOut)
