"""Bulk files as they come in and go out."""

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from registry.filings.bulk.model import BulkState, RowState
from registry.filings.bulk.sheets import FORMS
from registry.filings.kinds import Kind
from registry.http.schema import Count, Moment, Schema, page_of
from registry.kernel.paging import MOST, USUAL


class BulkForm(Schema):
    """What the rows are; `whole`: all of them or none."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    applicant = fields.String(load_default="", validate=validate.Length(max=80))
    whole = fields.Boolean(load_default=False)


class BulkFileIn(Schema):
    """The file."""

    file = Upload(required=True)


class BulkOut(Schema):
    """A file of filings, and how far it is."""

    key = fields.String(required=True)
    applicant = fields.String(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    name = fields.String(required=True)
    form = fields.String(required=True)
    sha256 = fields.String(required=True)
    whole = fields.Boolean(required=True)
    state = fields.Enum(BulkState, by_value=True, required=True)
    rows = fields.Integer(required=True)
    done = fields.Integer(required=True)
    filed = fields.Integer(required=True)
    repeated = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    unsearched = fields.Integer(required=True, metadata={"description": "lookalikes still to be looked for"})
    trouble = fields.String(required=True)
    fix = fields.String(required=True)
    asked_by = fields.String(required=True)
    asked_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)


class RowOut(Schema):
    """What became of one row."""

    row = fields.Integer(required=True)
    reference_id = fields.String(required=True, data_key="referenceId")
    state = fields.Enum(RowState, by_value=True, required=True)
    filing = fields.String(required=True)
    code = fields.String(required=True)
    field = fields.String(required=True)
    message = fields.String(required=True)
    fix = fields.String(required=True)


class RowPage(Schema):
    """Rows by their numbers."""

    items = fields.List(fields.Nested(RowOut), required=True)
    after = fields.Integer(required=True, allow_none=True, metadata={"description": "ask on with it; null: the last"})


class RowQuery(Schema):
    """Rows behind a number, of a state."""

    after = Count(load_default=0, validate=validate.Range(0, 10**9))
    limit = Count(load_default=USUAL, validate=validate.Range(1, MOST))
    state = fields.String(load_default="", validate=validate.OneOf(["", *map(str, RowState)]))


class TemplateOfKind(Schema):
    """Which empty file."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    form = fields.String(load_default="csv", validate=validate.OneOf(FORMS))


BulkPage = page_of(BulkOut)
