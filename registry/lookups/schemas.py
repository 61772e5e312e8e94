"""Lookups as they come in and go out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.schema import Moment
from registry.lookups.asking import LONGEST, MOST_FACTS
from registry.lookups.kinds import Answer, LookupKind, LookupResult

_WORDS = validate.Length(max=LONGEST)
_FACT = fields.String(validate=_WORDS)
_NAME = fields.String(validate=validate.Length(1, 40))


class LookupIn(Schema):
    """What a source outside says about a subject: the facts as they stand there, not whether they agree.

    claimed: what they are held against. found, reference (the source's own number of the record) and digest (SHA-256
    of what was seen) go with a record that is there.
    """

    kind = fields.String(required=True, validate=validate.OneOf(list(LookupKind)))
    subject = fields.String(required=True, validate=validate.Length(1, 200))
    answer = fields.String(required=True, validate=validate.OneOf(list(Answer)))
    claimed = fields.Dict(keys=_NAME, values=_FACT, required=True, validate=validate.Length(1, MOST_FACTS))
    found = fields.Dict(keys=_NAME, values=_FACT, load_default=dict, validate=validate.Length(0, MOST_FACTS))
    source = fields.String(required=True, validate=validate.Length(1, LONGEST))
    reference = fields.String(load_default="", validate=_WORDS)
    digest = fields.String(load_default="", validate=validate.Length(max=64))
    note = fields.String(load_default="", validate=_WORDS)
    at = Moment(load_default=None, allow_none=True)


class LookupOut(Schema):
    """What was asked, what the source said, and what came of it."""

    key = fields.String(required=True)
    kind = fields.Enum(LookupKind, by_value=True, required=True)
    subject = fields.String(required=True)
    answer = fields.Enum(Answer, by_value=True, required=True)
    result = fields.Enum(LookupResult, by_value=True, required=True)
    claimed = fields.Dict(required=True)
    found = fields.Dict(required=True)
    source = fields.String(required=True)
    reference = fields.String(required=True)
    digest = fields.String(required=True)
    note = fields.String(required=True)
    by = fields.String(required=True)
    connector = fields.Boolean(required=True)
    at = Moment(required=True)
    recorded_at = Moment(required=True)


class LookupQuery(Query):
    """Filters by the names of the fields."""

    kind = fields.String(load_default="", validate=validate.OneOf(["", *LookupKind]))
    subject = fields.String(load_default="", validate=validate.Length(max=200))
    result = fields.String(load_default="", validate=validate.OneOf(["", *LookupResult]))


LookupPage = page_of(LookupOut)
