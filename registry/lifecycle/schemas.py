"""What ends, lapses and rests, as it goes out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.schema import Moment
from registry.lifecycle.kinds import Expiring
from registry.lifecycle.workflow import LapseState

_KEY = validate.Length(max=100)


class ExpiringQuery(Schema):
    """Staff may ask for one enterprise."""

    enterprise = fields.String(load_default="", validate=_KEY)


class EndingOut(Schema):
    """A thing that ends: when, and whether it is still seen in use."""

    what = fields.Enum(Expiring, by_value=True, required=True)
    key = fields.String(required=True)
    label = fields.String(required=True)
    enterprises = fields.List(fields.String(), required=True)
    ends_at = Moment(required=True)
    days_left = fields.Integer(required=True)
    last_seen = fields.Date(required=True, allow_none=True)
    in_use = fields.Boolean(required=True)


class Endings(Schema):
    """What ends soon, soonest first."""

    items = fields.List(fields.Nested(EndingOut), required=True)


class LapseQuery(Query):
    """Filters of lapses."""

    state = fields.Enum(LapseState, by_value=True, load_default=None)
    permit = fields.String(load_default="", validate=_KEY)


class LapseOut(Schema):
    """A permit under which nothing was sent since a day, and what became of it."""

    key = fields.String(required=True)
    permit = fields.String(required=True)
    enterprise = fields.String(required=True)
    idle_since = fields.Date(required=True)
    lapses_on = fields.Date(required=True)
    state = fields.Enum(LapseState, by_value=True, required=True)
    warned_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)


class RestQuery(Query):
    """Pages of numbers that rest."""


class RestOut(Schema):
    """An extension that has ended, and the day from which another holder may get it."""

    port = fields.String(required=True)
    holder = fields.String(required=True)
    ended_at = Moment(required=True, attribute="valid_until")
    free_on = fields.Date(required=True)


class IdleQuery(Query):
    """Pages of extensions without a permit."""


class IdleOut(Schema):
    """An extension that stays allotted though the last permit on it is over."""

    port = fields.String(required=True)
    holder = fields.String(required=True)
    since = Moment(required=True)
    last_seen = fields.Date(required=True, allow_none=True)


class TakeBackIn(Schema):
    """Why it is taken back."""

    reason = fields.String(load_default="", validate=validate.Length(max=2000))


class TakenBackOut(Schema):
    """The extension as it ended; its quarantine has begun."""

    port = fields.String(required=True)
    holder = fields.String(required=True)
    ended_at = Moment(required=True, attribute="valid_until")


IdlePage = page_of(IdleOut)
LapsePage = page_of(LapseOut)
RestPage = page_of(RestOut)
