"""Measures as they come in and go out."""

from marshmallow import fields, validate

from registry.enterprises.schemas import Code
from registry.http import Schema, page_of
from registry.http.schema import ListQuery, Moment
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.values import LONGEST, LONGEST_STATEMENT

_STATES_AT_FIRST = [MeasureState.PROPOSED.value, MeasureState.IN_FORCE.value]


def _statement() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=LONGEST_STATEMENT))


class MeasureIn(Schema):
    """A new measure; `state` says whether it is proposed or counts at once."""

    subject_kind = fields.String(required=True, validate=validate.OneOf(list(SubjectKind)))
    subject = fields.String(required=True, validate=validate.Length(1, LONGEST))
    action = fields.String(required=True, validate=validate.OneOf(list(Action)))
    state = fields.String(load_default=MeasureState.PROPOSED.value, validate=validate.OneOf(_STATES_AT_FIRST))
    limits = fields.Dict(
        keys=fields.String(),
        values=fields.String(validate=validate.Length(max=LONGEST)),
        load_default=dict,
        metadata={"description": "what a throttle or limit leaves: categories, monthly_volume, hours"},
    )
    reason = _statement()
    remedy = _statement()
    materials = _statement()
    appeal_channel = _statement()
    finding = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    enterprise = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    valid_from = Moment(load_default=None, allow_none=True)
    valid_until = Moment(load_default=None, allow_none=True)


class MeasureMoveIn(Schema):
    """Why the measure moves on."""

    reason = fields.String(load_default="", validate=validate.Length(max=LONGEST_STATEMENT))


class MeasureOut(Schema):
    """A measure, what it says, and where it stands."""

    key = fields.String(required=True)
    subject_kind = fields.Enum(SubjectKind, by_value=True, required=True)
    subject = fields.String(required=True)
    action = fields.Enum(Action, by_value=True, required=True)
    limits = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    state = fields.Enum(MeasureState, by_value=True, required=True)
    reason = fields.String(required=True)
    remedy = fields.String(required=True)
    materials = fields.String(required=True)
    appeal_channel = fields.String(required=True)
    finding = fields.String(required=True)
    enterprise = fields.String(required=True)
    second_look_due = fields.Date(required=True, allow_none=True)
    second_look_by = fields.String(required=True)
    version = fields.Integer(required=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class MeasureQuery(ListQuery):
    """Filters of the list."""

    subject_kind = fields.String(load_default="", validate=validate.OneOf(["", *SubjectKind]))
    subject = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    action = fields.String(load_default="", validate=validate.OneOf(["", *Action]))
    state = fields.String(load_default="", validate=validate.OneOf(["", *MeasureState]))
    enterprise = Code(load_default="")
    finding = fields.String(load_default="", validate=validate.Length(max=LONGEST))


MeasurePage = page_of(MeasureOut)
