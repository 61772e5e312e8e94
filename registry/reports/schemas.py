"""Reports as they are asked for and answered."""

from marshmallow import fields, validate

from registry.http import Schema
from registry.http.schema import Moment
from registry.reports.codes import FORMS


class CodesQuery(Schema):
    """The form of the file."""

    format = fields.String(load_default="csv", validate=validate.OneOf(FORMS))


class DossierQuery(Schema):
    """The form of the dossier."""

    format = fields.String(load_default="json", validate=validate.OneOf(["json", "zip"]))


class HandInIn(Schema):
    """A note, such as the number under which it was taken."""

    note = fields.String(load_default="", validate=validate.Length(max=1000))


class QuarterOut(Schema):
    """A quarter, until when its list is due, and whether it was handed in."""

    quarter = fields.String(required=True)
    due_on = fields.Date(required=True)
    over = fields.Boolean(required=True)
    late = fields.Boolean(required=True)
    handed_in_at = Moment(required=True, allow_none=True)
    handed_in_by = fields.String(required=True)
    note = fields.String(required=True)


class Quarters(Schema):
    """Quarters, the newest first."""

    items = fields.List(fields.Nested(QuarterOut), required=True)


class HandedIn(Schema):
    """That a quarter's list was handed in."""

    quarter = fields.String(required=True)
    handed_in_at = Moment(required=True)
    handed_in_by = fields.String(required=True)
    note = fields.String(required=True)
