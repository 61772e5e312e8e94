"""Inquiries as they come in and go out. Where an owner is reached, and by whom it was asked, only staff reads."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.enterprises.schemas import Code
from registry.http import Query, Schema, current_actor, page_of
from registry.http.schema import Moment
from registry.inquiries.service.asking import LONGEST, LONGEST_SOURCE
from registry.inquiries.workflow import ANSWERS, MACHINE, InquiryState

_OF_STAFF = ("source", "asked_by", "answered_by")
_WORDS = validate.Length(max=2000)


class InquiryOut(Schema):
    """What an owner was asked, and what it said."""

    key = fields.String(required=True)
    letter = fields.String(required=True, allow_none=True)
    filing = fields.String(required=True, allow_none=True)
    owner = fields.String(required=True)
    applicant = fields.String(required=True)
    signatures = fields.List(fields.String(), required=True)
    until = Moment(required=True, allow_none=True)
    state = fields.Enum(InquiryState, by_value=True, required=True)
    made_at = Moment(required=True)
    asked_at = Moment(required=True, allow_none=True)
    expires_at = Moment(required=True, allow_none=True)
    answered_at = Moment(required=True, allow_none=True)
    reason = fields.String(required=True)
    over_at = Moment(required=True, allow_none=True)
    by_mail = fields.Function(lambda row: bool(row.address_hash), metadata={"type": "boolean"})
    source = fields.String(required=True, metadata={"description": "where the owner's address was found; for staff"})
    asked_by = fields.String(required=True)
    answered_by = fields.String(required=True)
    version = fields.Integer(required=True)
    actions = fields.Function(
        lambda row: MACHINE.open_to(row, row.state, current_actor()),
        metadata={"type": "array", "items": {"type": "string"}},
    )

    @ma.post_dump
    def _of_staff(self, told: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return told | dict.fromkeys(_OF_STAFF, "") if current_actor().is_company else told


class AskOwnerIn(Schema):
    """An address of the owner, and where it was found: never the applicant's word. None: its inbox alone."""

    address = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    source = fields.String(load_default="", validate=validate.Length(max=LONGEST_SOURCE))


class OwnersAnswerIn(Schema):
    """What the owner says."""

    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    reason = fields.String(load_default="", validate=_WORDS)


class InquiryQuery(Query):
    """Filters by the names of the fields."""

    owner = Code(load_default="")
    applicant = Code(load_default="")
    letter = fields.String(load_default="", validate=validate.Length(max=100))
    filing = fields.String(load_default="", validate=validate.Length(max=100))
    state = fields.Enum(InquiryState, by_value=True, load_default=None)


InquiryPage = page_of(InquiryOut)
