"""Ports and delegations as they go out, and the filters of their lists."""

import re

from marshmallow import fields, validate

from registry.enterprises.schemas import Code
from registry.http import Schema, page_of
from registry.http.schema import ListQuery, Moment
from registry.ports.kinds import DelegationRole, PortLevel, PortUse, Signing
from registry.store.standing import Standing

_DIGITS = re.compile(r"(?:[0-9]{3,20})?\Z")
_PATTERN = re.compile(r"(?:[0-9]{3,20}\*?)?\Z")


def digits() -> fields.String:
    """A filter of digits: a port or a prefix."""
    return fields.String(load_default="", validate=validate.Regexp(_DIGITS, error="write 3 to 20 digits"))


def pattern() -> fields.String:
    """A filter of digits, or of a prefix that ends in `*`."""
    return fields.String(load_default="", validate=validate.Regexp(_PATTERN, error="write 3 to 20 digits, or 1069*"))


class PortOut(Schema):
    """A registered number."""

    port = fields.String(required=True)
    level = fields.Enum(PortLevel, by_value=True, required=True)
    holder = fields.String(required=True)
    use = fields.Enum(PortUse, by_value=True, required=True)
    signing = fields.Enum(Signing, by_value=True, required=True)
    max_length = fields.Integer(required=True)
    provinces = fields.List(fields.String(), required=True)
    office = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    filing = fields.String(required=True, allow_none=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class DelegationOut(Schema):
    """One declared hop."""

    key = fields.String(required=True)
    port = fields.String(required=True)
    from_enterprise = fields.String(required=True)
    to_enterprise = fields.String(required=True)
    role = fields.Enum(DelegationRole, by_value=True, required=True)
    letter = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    filing = fields.String(required=True, allow_none=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class PortQuery(ListQuery):
    """Filters of the list of ports."""

    port = digits()
    prefix = digits()
    holder = Code(load_default="")
    level = fields.String(load_default="", validate=validate.OneOf(["", *PortLevel]))
    use = fields.String(load_default="", validate=validate.OneOf(["", *PortUse]))
    signing = fields.String(load_default="", validate=validate.OneOf(["", *Signing]))
    office = fields.String(load_default="", validate=validate.Length(max=100))
    standing = fields.String(load_default="", validate=validate.OneOf(["", *Standing]))


class DelegationQuery(ListQuery):
    """Filters of the list of delegations; `port` finds every hop that covers it."""

    port = digits()
    from_enterprise = Code(load_default="")
    to_enterprise = Code(load_default="")
    role = fields.String(load_default="", validate=validate.OneOf(["", *DelegationRole]))
    standing = fields.String(load_default="", validate=validate.OneOf(["", *Standing]))


PortPage = page_of(PortOut)
DelegationPage = page_of(DelegationOut)
