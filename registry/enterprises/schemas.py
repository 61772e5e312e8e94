"""Enterprises as they come in and go out."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.enterprises import identity
from registry.enterprises.kinds import LegalForm, RelationKind, Role
from registry.enterprises.values import LONGEST, LONGEST_NAME
from registry.http import Query, Schema, page_of
from registry.http.schema import AtQuery, Moment


class Code(fields.String):
    """An enterprise's code, in whatever width and case it is written."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return identity.parse(str(text)).code
        except ValueError as error:
            raise ma.ValidationError(str(error)) from error


class EnterpriseIn(Schema):
    """A new enterprise."""

    code = fields.String(required=True, validate=validate.Length(max=LONGEST))
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    legal_form = fields.String(load_default="company", validate=validate.OneOf(list(LegalForm)))
    roles = fields.List(fields.String(validate=validate.OneOf(list(Role))), load_default=list)
    industry = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    province = fields.String(load_default="", validate=validate.Length(max=2))
    handler = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    licence = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    licence_until = Moment(load_default=None, allow_none=True)


class RenameIn(Schema):
    """A new name."""

    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    reason = fields.String(load_default="", validate=validate.Length(max=2000))


class EnterpriseOut(Schema):
    """An enterprise."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    legal_form = fields.Enum(LegalForm, by_value=True, required=True)
    roles = fields.List(fields.String(), required=True)
    industry = fields.String(required=True)
    province = fields.String(required=True)
    handler = fields.String(required=True, metadata={"description": "opaque key of the responsible person"})
    licence = fields.String(required=True)
    licence_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class FormerNameOut(Schema):
    """A former name and when it was borne."""

    name = fields.String(required=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)


class RelationOut(Schema):
    """A tie of two enterprises."""

    from_enterprise = fields.String(required=True)
    to_enterprise = fields.String(required=True)
    kind = fields.Enum(RelationKind, by_value=True, required=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)


class EnterpriseWhole(EnterpriseOut):
    """An enterprise with its names and ties at a time."""

    name_then = fields.String(required=True)
    former_names = fields.List(fields.Nested(FormerNameOut), required=True)
    relations = fields.List(fields.Nested(RelationOut), required=True)


class EnterpriseQuery(Query):
    """Filters of the list."""

    name = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    role = fields.String(load_default="", validate=validate.OneOf(["", *Role]))
    handler = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    province = fields.String(load_default="", validate=validate.Length(max=2))


class RelationIn(Schema):
    """A new tie."""

    from_enterprise = fields.String(required=True, validate=validate.Length(max=LONGEST))
    to_enterprise = fields.String(required=True, validate=validate.Length(max=LONGEST))
    kind = fields.String(required=True, validate=validate.OneOf(list(RelationKind)))
    valid_from = Moment(load_default=None, allow_none=True)
    valid_until = Moment(load_default=None, allow_none=True)


class SubmitterIn(Schema):
    """A new binding of an account at a gateway."""

    gateway = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    submitter = fields.String(required=True, validate=validate.Length(1, LONGEST))
    enterprise = fields.String(required=True, validate=validate.Length(max=LONGEST))
    valid_from = Moment(load_default=None, allow_none=True)
    valid_until = Moment(load_default=None, allow_none=True)


class SubmitterOut(Schema):
    """An account at a gateway and whose it is."""

    gateway = fields.String(required=True)
    submitter = fields.String(required=True)
    enterprise = fields.String(required=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)


EnterprisePage = page_of(EnterpriseOut)
EnterpriseAt = AtQuery
