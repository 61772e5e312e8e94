"""The change feed as it goes out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.schema import Moment


class ChangeOut(Schema):
    """One effective change of what is permitted."""

    position = fields.Integer(required=True)
    kind = fields.String(required=True)
    action = fields.String(required=True, metadata={"description": "opened, changed or ended"})
    key = fields.String(required=True)
    effective_at = Moment(required=True)
    recorded_at = Moment(required=True)
    payload = fields.Dict(required=True)


class ChangeQuery(Query):
    """`after`: the position of the last change already seen."""

    after = fields.String(load_default="", validate=validate.Regexp(r"[0-9]{0,18}\Z", error="write a position"))
    kind = fields.String(load_default="", validate=validate.Length(max=40))
    key = fields.String(load_default="", validate=validate.Length(max=200))


ChangePage = page_of(ChangeOut)
