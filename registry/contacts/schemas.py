"""Changes of contact as they come in and go out. Personal data does not belong into the note."""

from marshmallow import fields, validate

from registry.contacts.kinds import ContactPart
from registry.contacts.values import LONGEST
from registry.contacts.workflow import ContactState
from registry.http import Query, Schema, page_of
from registry.http.schema import Moment

_NOTE = validate.Length(max=1000)


class _Changed(Schema):
    part = fields.Enum(ContactPart, by_value=True, required=True)
    changed_on = fields.Date(required=True)
    note = fields.String(load_default="", validate=_NOTE)


class ChangeIn(_Changed):
    """A change that the enterprise reports: of a handler the new one's opaque key, of the rest the new value."""

    handler = fields.String(load_default="", validate=validate.Length(max=100))
    value = fields.String(load_default="", validate=validate.Length(max=LONGEST))


class ExpectIn(_Changed):
    """A change that staff knows of."""

    enterprise = fields.String(required=True, validate=validate.Length(1, 100))


class ReportIn(Schema):
    """What the enterprise reports of an expected change."""

    handler = fields.String(load_default="", validate=validate.Length(max=100))
    value = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    note = fields.String(load_default="", validate=_NOTE)


class ReasonIn(Schema):
    """Why."""

    reason = fields.String(load_default="", validate=_NOTE)


class ChangeOut(Schema):
    """A change: until when it was to be reported, and whether that was so."""

    key = fields.String(required=True)
    enterprise = fields.String(required=True)
    part = fields.Enum(ContactPart, by_value=True, required=True)
    handler = fields.String(required=True)
    value = fields.String(required=True, metadata={"description": "what it is now; a telephone masked"})
    hidden = fields.Boolean(required=True)
    note = fields.String(required=True)
    changed_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    state = fields.Enum(ContactState, by_value=True, required=True)
    overdue = fields.Boolean(required=True)
    late = fields.Boolean(required=True)
    reported_at = Moment(required=True, allow_none=True)
    reason = fields.String(required=True)
    version = fields.Integer(required=True)


class ChangeQuery(Query):
    """Filters of the list."""

    enterprise = fields.String(load_default="", validate=validate.Length(max=100))
    state = fields.Enum(ContactState, by_value=True, load_default=None)
    overdue = fields.Boolean(load_default=False)
    standing = fields.Boolean(load_default=False)


class UnmaskIn(Schema):
    """Why somebody needs to see a value whole."""

    reason = fields.String(required=True, validate=validate.Length(4, 1000))


class ValueOut(Schema):
    """The whole value, in this answer and nowhere else."""

    value = fields.String(required=True)


ChangePage = page_of(ChangeOut)
