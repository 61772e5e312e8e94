"""Gateways and reports of permits as they come in and go out."""

from marshmallow import fields, validate

from registry.gateway.kinds import CarrierState, Outcome
from registry.gateway.workflow import ActivationState
from registry.http import Query, Schema, page_of
from registry.http.schema import Moment

MOST_ROWS = 1000
_NAME = validate.Regexp(r"[A-Za-z0-9._-]{1,60}\Z", error="1 to 60 letters, digits, dots, hyphens or underscores")
_WORDS = validate.Length(max=100)


class GatewayIn(Schema):
    """A gateway by the name under which its records come."""

    key = fields.String(required=True, validate=_NAME)
    name = fields.String(load_default="", validate=_WORDS)


class GatewayOut(Schema):
    """A gateway."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    opened_at = Moment(required=True)
    closed_at = Moment(required=True, allow_none=True)


class Gateways(Schema):
    """The open gateways."""

    items = fields.List(fields.Nested(GatewayOut), required=True)


class _ReportIn(Schema):
    permit = fields.String(required=True, validate=validate.Length(1, 60))
    code = fields.String(load_default="", validate=validate.Length(max=200))
    at = Moment(load_default=None, allow_none=True)


class ActivationIn(_ReportIn):
    """Where a permit stands at the gateway, since when (now, where not said), and the gateway's raw code."""

    state = fields.Enum(ActivationState, by_value=True, required=True)


class ActivationsIn(Schema):
    """What a gateway reports: up to 1,000 rows, each with a result of its own."""

    gateway = fields.String(required=True, validate=validate.Length(1, 60))
    items = fields.List(fields.Nested(ActivationIn), required=True, validate=validate.Length(1, MOST_ROWS))


class CarrierFilingIn(_ReportIn):
    """Where the filing stands at the other carrier."""

    state = fields.Enum(CarrierState, by_value=True, required=True)


class CarrierFilingsIn(Schema):
    """What is known of another carrier: up to 1,000 rows."""

    carrier = fields.String(required=True, validate=_NAME)
    items = fields.List(fields.Nested(CarrierFilingIn), required=True, validate=validate.Length(1, MOST_ROWS))


class ResultOut(Schema):
    """What became of one row, and the state that holds now."""

    permit = fields.String(required=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    state = fields.String(required=True)


class Results(Schema):
    """A result for each row, in their order."""

    items = fields.List(fields.Nested(ResultOut), required=True)


class ActivationQuery(Query):
    """Filters of the list of activations."""

    gateway = fields.String(load_default="", validate=_WORDS)
    permit = fields.String(load_default="", validate=_WORDS)
    state = fields.Enum(ActivationState, by_value=True, load_default=None)


class ReportOut(Schema):
    """A report that holds."""

    permit = fields.String(required=True)
    gateway = fields.String(required=True, attribute="place")
    state = fields.Enum(ActivationState, by_value=True, required=True)
    code = fields.String(required=True)
    at = Moment(required=True)
    recorded_at = Moment(required=True)
    recorded_by = fields.String(required=True)


class AtGatewayOut(Schema):
    """Where a permit stands at one open gateway."""

    gateway = fields.String(required=True)
    name = fields.String(required=True)
    state = fields.Enum(ActivationState, by_value=True, required=True)
    code = fields.String(required=True)
    at = Moment(required=True, allow_none=True)


class CarrierFilingOut(Schema):
    """Where the filing stands at another carrier."""

    carrier = fields.String(required=True, attribute="place")
    state = fields.Enum(CarrierState, by_value=True, required=True)
    code = fields.String(required=True)
    at = Moment(required=True)


class WorksOut(Schema):
    """Active at `active` of the `of` open gateways; each gateway, and other carriers beside them."""

    active = fields.Integer(required=True)
    of = fields.Integer(required=True)
    items = fields.List(fields.Nested(AtGatewayOut), required=True)
    carriers = fields.List(fields.Nested(CarrierFilingOut), required=True)


ActivationPage = page_of(ReportOut)
