"""Signatures and letters as they come in and go out."""

from marshmallow import fields, validate

from registry.enterprises.schemas import Code
from registry.http import Schema, page_of
from registry.http.schema import Count, ListQuery, Moment
from registry.signatures.kinds import Confirmation, SignatureSource
from registry.signatures.lookalikes.reasons import Likeness
from registry.signatures.values import LONGEST, MOST_NEAR
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


class SentenceOut(Schema):
    """One thing said in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class NearOut(Schema):
    """A registered signature that looks or sounds like the one asked about; owner and key only of one's own."""

    signature = fields.String(required=True)
    owner = fields.String(required=True)
    key = fields.String(required=True)
    score = fields.Float(required=True, metadata={"description": "0 to 1; 1 is the same, at most written otherwise"})
    kind = fields.Enum(Likeness, by_value=True, required=True)
    reason = fields.Nested(SentenceOut, required=True)
    protected = fields.Boolean(required=True)


class NearestOut(Schema):
    """The registered signatures most like a text, the likest first."""

    items = fields.List(fields.Nested(NearOut), required=True)


class NearestQuery(Schema):
    """The text to compare, how many to answer, whose signatures to leave out."""

    signature = fields.String(required=True, validate=validate.Length(1, LONGEST))
    limit = Count(load_default=5, validate=validate.Range(1, MOST_NEAR))
    but_owner = Code(load_default="")


SignaturePage = page_of(SignatureOut)
LetterPage = page_of(LetterOut)
