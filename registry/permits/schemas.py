"""Permits as they go out, and the filters of their list."""

from marshmallow import fields, validate

from registry.enterprises.schemas import Code
from registry.http import Schema, page_of
from registry.http.schema import AtQuery, ListQuery, Moment
from registry.permits.kinds import OnBehalf, Purpose
from registry.ports.schemas import pattern
from registry.signatures.values import LONGEST
from registry.store.standing import Standing


class PermitOut(Schema):
    """What is allowed, and what measures take from it: `in_force` is the permit minus the measures at that time."""

    key = fields.String(required=True)
    signature = fields.String(required=True)
    owner = fields.String(required=True)
    port = fields.String(required=True)
    user = fields.String(required=True)
    categories = fields.List(fields.String(), required=True)
    provinces = fields.List(fields.String(), required=True)
    hours = fields.String(required=True)
    monthly_volume = fields.Integer(required=True, allow_none=True)
    links = fields.List(fields.String(), required=True)
    contacts = fields.List(fields.String(), required=True)
    letter = fields.String(required=True)
    on_behalf = fields.Enum(OnBehalf, by_value=True, required=True)
    purpose = fields.Enum(Purpose, by_value=True, required=True)
    standby = fields.Boolean(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    filing = fields.String(required=True, allow_none=True)
    in_force = fields.Boolean(required=True)
    suspended_by = fields.List(fields.String(), required=True, metadata={"description": "keys of measures"})
    limited_by = fields.List(fields.String(), required=True, metadata={"description": "keys of measures"})
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class BeneficiaryOut(Schema):
    """Whose content may stand under a permit."""

    beneficiary = fields.String(required=True)
    name = fields.String(required=True)
    links = fields.List(fields.String(), required=True)
    contacts = fields.List(fields.String(), required=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)


class PermitVersionOut(Schema):
    """One version of a permit, with both clocks."""

    categories = fields.List(fields.String(), required=True)
    provinces = fields.List(fields.String(), required=True)
    hours = fields.String(required=True)
    monthly_volume = fields.Integer(required=True, allow_none=True)
    links = fields.List(fields.String(), required=True)
    contacts = fields.List(fields.String(), required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    filing = fields.String(required=True, allow_none=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)
    superseded_at = Moment(required=True, allow_none=True)


class PermitWhole(PermitOut):
    """A permit with whose content may stand under it."""

    beneficiaries = fields.List(fields.Nested(BeneficiaryOut), required=True)


class PermitQuery(ListQuery):
    """Filters of the list: `port` finds every permit that applies to it, exact or by prefix."""

    port = pattern()
    signature = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    owner = Code(load_default="")
    user = Code(load_default="")
    letter = fields.String(load_default="", validate=validate.Length(max=100))
    purpose = fields.String(load_default="", validate=validate.OneOf(["", *Purpose]))
    standing = fields.String(load_default="", validate=validate.OneOf(["", *Standing]))


class GoverningQuery(AtQuery):
    """A sending, or one that is about to be. No user: the submitter is not known, any user's permit counts."""

    port = fields.String(required=True, validate=validate.Regexp(r"[0-9]{3,20}\Z", error="write 3 to 20 digits"))
    signature = fields.String(required=True, validate=validate.Length(1, LONGEST))
    user = Code(load_default=None, allow_none=True)


class GoverningPermits(Schema):
    """All permits that apply, the governing one first."""

    items = fields.List(fields.Nested(PermitOut), required=True)


class PermitHistory(Schema):
    """All versions, the oldest record first."""

    items = fields.List(fields.Nested(PermitVersionOut), required=True)


PermitPage = page_of(PermitOut)


class TemplateQuery(AtQuery):
    """Of when, and a text that is to be held against them."""

    text = fields.String(load_default="", validate=validate.Length(max=2000))


class TemplateOut(Schema):
    """A text filed for a permit; `variables`: what they hold in the text asked about, null for another shape."""

    key = fields.String(required=True, attribute="row.key")
    body = fields.String(required=True, attribute="row.body")
    links = fields.List(fields.String(), required=True, attribute="row.links")
    contacts = fields.List(fields.String(), required=True, attribute="row.contacts")
    valid_from = Moment(required=True, attribute="row.valid_from")
    valid_until = Moment(required=True, allow_none=True, attribute="row.valid_until")
    variables = fields.List(fields.String(), required=True, allow_none=True)


class TemplateList(Schema):
    """The texts of a permit; `matches`: whether the text asked about has the shape of one, null where none was."""

    items = fields.List(fields.Nested(TemplateOut), required=True)
    matches = fields.Boolean(required=True, allow_none=True)
