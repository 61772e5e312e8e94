"""Signatures and letters as they come in and go out."""

from marshmallow import fields, validate

from registry.enterprises.schemas import Code
from registry.http import Schema, page_of
from registry.http.schema import ListQuery, Moment
from registry.signatures.kinds import Confirmation, SignatureSource
from registry.signatures.values import LONGEST
from registry.store.standing import Standing


class SignatureOut(Schema):
    """A registered sender name."""

    key = fields.String(required=True)
    signature = fields.String(required=True)
    owner = fields.String(required=True)
    source = fields.Enum(SignatureSource, by_value=True, required=True)
    protected = fields.Boolean(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    filing = fields.String(required=True, allow_none=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class LetterOut(Schema):
    """A letter of authorisation, and what its owner answered."""

    key = fields.String(required=True)
    owner = fields.String(required=True)
    applicant = fields.String(required=True)
    signatures = fields.List(fields.String(), required=True)
    confirmation = fields.Enum(Confirmation, by_value=True, required=True)
    confirmed_at = Moment(required=True, allow_none=True)
    filing = fields.String(required=True, allow_none=True)
    valid_from = Moment(required=True)
    valid_until = Moment(required=True, allow_none=True)
    recorded_at = Moment(required=True)


class LetterAnswerIn(Schema):
    """The owner's own word about a letter."""

    answer = fields.String(
        load_default=Confirmation.CONFIRMED.value,
        validate=validate.OneOf([Confirmation.CONFIRMED.value, Confirmation.DENIED.value]),
    )
    reason = fields.String(load_default="", validate=validate.Length(max=2000))


class LetterRevocationIn(Schema):
    """Why the owner takes its word back."""

    reason = fields.String(load_default="", validate=validate.Length(max=2000))


class SignatureQuery(ListQuery):
    """Filters of the list of signatures; `like` looks for a part of the text, however it is written."""

    signature = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    like = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    owner = Code(load_default="")
    source = fields.String(load_default="", validate=validate.OneOf(["", *SignatureSource]))
    standing = fields.String(load_default="", validate=validate.OneOf(["", *Standing]))


class LetterQuery(ListQuery):
    """Filters of the list of letters; `signature` finds the letters that list it."""

    owner = Code(load_default="")
    applicant = Code(load_default="")
    signature = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    confirmation = fields.String(load_default="", validate=validate.OneOf(["", *Confirmation]))


SignaturePage = page_of(SignatureOut)
LetterPage = page_of(LetterOut)
