"""Planted filings and figures of reviewers as they come in and go out."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.filings import forms
from registry.filings.kinds import Kind
from registry.filings.reasons import BY_CODE
from registry.filings.workflow import State
from registry.http.schema import Moment, Query, Schema, page_of


class PlantIn(Schema):
    """What is planted, in whose name, and what is wrong with it."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    content = fields.Dict(keys=fields.String(), required=True, metadata={"example": {"port": "10690123"}})
    papers = fields.List(fields.String(validate=validate.Length(1, 60)), load_default=list)
    applicant = fields.String(required=True, validate=validate.Length(1, 80))
    flaw = fields.String(required=True, validate=validate.Length(1, 2000))
    reasons = fields.List(
        fields.String(validate=validate.OneOf(list(BY_CODE))), required=True, validate=validate.Length(1, 20)
    )

    @ma.post_load
    def _read(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        try:
            data["content"] = forms.read(data.pop("kind"), data["content"], data["applicant"])
        except ma.ValidationError as error:
            raise forms.errors_under("content", error) from error
        return data


class PlantedOut(Schema):
    """A planted filing; outcome: waiting, caught or missed."""

    key = fields.String(required=True, attribute="filing.key")
    kind = fields.Enum(Kind, by_value=True, required=True, attribute="filing.kind")
    applicant = fields.String(required=True, attribute="filing.applicant")
    state = fields.Enum(State, by_value=True, required=True, attribute="filing.state")
    by = fields.String(required=True)
    at = Moment(required=True)
    flaw = fields.String(required=True)
    reasons = fields.List(fields.String(), required=True)
    outcome = fields.String(required=True)


class PlantedQuery(Query):
    """Pages of planted filings."""


class FiguresQuery(Schema):
    """A span of time."""

    since = Moment(load_default=None)
    until = Moment(load_default=None)


class FiguresOut(Schema):
    """One reviewer's figures."""

    reviewer = fields.String(required=True)
    approved = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    caught = fields.Integer(required=True)
    missed = fields.Integer(required=True)
    appealed = fields.Integer(required=True)
    overturned = fields.Integer(required=True)
    median_seconds = fields.Float(required=True, allow_none=True)


class FigureList(Schema):
    """Everybody who decided."""

    items = fields.List(fields.Nested(FiguresOut), required=True)


PlantedPage = page_of(PlantedOut)
