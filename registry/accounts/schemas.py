"""API keys as they come in and go out."""

from marshmallow import fields, validate

from registry.accounts.roles import RoleName
from registry.http import Query, Schema, page_of
from registry.http.schema import Moment


def _role() -> fields.String:
    return fields.String(validate=validate.OneOf([role.value for role in RoleName]))


class KeyIn(Schema):
    """A key that is asked for."""

    name = fields.String(required=True, validate=validate.Length(1, 100))
    roles = fields.List(_role(), required=True, validate=validate.Length(1, len(RoleName)))
    enterprise = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))
    expires_at = Moment(load_default=None, allow_none=True)


class KeyOut(Schema):
    """A key without its secret."""

    key_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    enterprise = fields.String(required=True, allow_none=True)
    made_by = fields.String(required=True)
    made_at = Moment(required=True)
    expires_at = Moment(required=True, allow_none=True)
    withdrawn_at = Moment(required=True, allow_none=True)


class KeyMade(KeyOut):
    """A key with its text, which is shown this once."""

    key = fields.String(required=True)


class KeyQuery(Query):
    """Pages of keys."""


KeyPage = page_of(KeyOut)
