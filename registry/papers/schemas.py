"""Papers as they come in and go out."""

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from registry.http.schema import Moment, Query, Schema, page_of
from registry.papers.kinds import PaperKind

_LINE = validate.Length(max=200)
_KINDS = validate.OneOf([kind.value for kind in PaperKind])


class PaperForm(Schema):
    """What is said of a paper while it is uploaded."""

    kind = fields.String(required=True, validate=_KINDS)
    expires_at = Moment(load_default=None)
    name_on_it = fields.String(load_default="", validate=_LINE, metadata={"description": "of a licence: whose it is"})
    code_on_it = fields.String(load_default="", validate=_LINE)


class ReadingIn(Schema):
    """Whose licence it is, as it stands on it."""

    name_on_it = fields.String(required=True, validate=validate.Length(1, 200))
    code_on_it = fields.String(load_default="", validate=_LINE)


class PaperFile(Schema):
    """The file itself."""

    file = Upload(required=True)


class PaperOut(Schema):
    """A paper without its bytes."""

    key = fields.String(required=True)
    sha256 = fields.String(required=True)
    kind = fields.Enum(PaperKind, by_value=True, required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True)
    media_type = fields.String(required=True)
    enterprise = fields.String(required=True)
    uploaded_at = Moment(required=True)
    expires_at = Moment(required=True, allow_none=True)
    name_on_it = fields.String(required=True)
    code_on_it = fields.String(required=True)
    read_by_staff = fields.Boolean(required=True)
    erased_at = Moment(required=True, allow_none=True)


class PaperQuery(Query):
    """Filters of the list."""

    kind = fields.String(load_default="", validate=validate.OneOf(["", *(kind.value for kind in PaperKind)]))
    enterprise = fields.String(load_default="", validate=validate.Length(max=80))


PaperPage = page_of(PaperOut)
