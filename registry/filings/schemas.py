"""Filings as they come in and go out."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.filings import engine, forms
from registry.filings.kinds import Kind, Priority, Stage, Verdict
from registry.filings.reasons import BY_CODE
from registry.filings.workflow import MACHINE, State
from registry.http import current_actor
from registry.http.schema import Moment, Query, Schema, page_of
from registry.kernel.rule import Severity

_EXAMPLE = {"port": "10690123", "use": "service", "signing": "single"}


def _content() -> fields.Dict:
    said = "the fields of the kind: " + "; ".join(f"{kind}: {', '.join(form().fields)}" for kind, form in FORMS)
    return fields.Dict(keys=fields.String(), required=True, metadata={"description": said, "example": _EXAMPLE})


FORMS = tuple(forms.FORMS.items())


class _Asked(Schema):
    kind = fields.Enum(Kind, by_value=True, required=True)
    content = _content()
    papers = fields.List(fields.String(validate=forms.PAPER), load_default=list, validate=forms.PAPERS)

    @ma.post_load
    def _read(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        try:
            data["content"] = forms.read(data.pop("kind"), data["content"], current_actor().enterprise)
        except ma.ValidationError as error:
            raise forms.errors_under("content", error) from error
        return data


class CheckIn(_Asked):
    """What is to be checked before it is filed."""


class MendIn(_Asked):
    """What the filing is to say instead."""

    note = fields.String(load_default="", validate=forms.WORDS)


class FilingIn(MendIn):
    """A new filing; `submit` hands it in at once."""

    reference_id = fields.String(data_key="referenceId", load_default="", validate=forms.REFERENCE)
    submit = fields.Boolean(load_default=False)


class CommentIn(Schema):
    """A decision's words."""

    comment = fields.String(load_default="", validate=forms.WORDS)


class FieldReason(Schema):
    """A coded reason for one field."""

    code = fields.String(required=True, validate=validate.OneOf(list(BY_CODE)))
    field = fields.String(load_default="", validate=validate.Length(0, 100))
    comment = fields.String(load_default="", validate=forms.WORDS)


class RefusalIn(CommentIn):
    """Why it is sent back or rejected."""

    reasons = fields.List(fields.Nested(FieldReason), required=True, validate=validate.Length(1, 50))


class Said(Schema):
    """A sentence in both languages."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class ReasonOut(Schema):
    """One line of the list of coded reasons."""

    code = fields.String(required=True)
    number = fields.Integer(required=True)
    block = fields.String(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")
    sentence = fields.Nested(Said, required=True)
    fix = fields.Nested(Said, required=True)


class ReasonList(Schema):
    """All coded reasons, by number."""

    items = fields.List(fields.Nested(ReasonOut), required=True)


class CheckOut(Schema):
    """What one check said."""

    code = fields.String(required=True)
    title = fields.Function(lambda row: _check(row.code, "title"), metadata={"type": "string"})
    severity = fields.Function(lambda row: _check(row.code, "severity"), metadata={"type": "string"})
    blocks = fields.Function(lambda row: _check(row.code, "blocks"), metadata={"type": "boolean"})
    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = fields.Nested(Said, required=True)
    fix = fields.Nested(Said, required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")


class DryCheckOut(CheckOut):
    """What one check would say."""

    reason = fields.Nested(Said, required=True, attribute="outcome.reason")
    fix = fields.Nested(Said, required=True, attribute="outcome.fix")
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="outcome.fields")


class NeedsTwo(Schema):
    """Why a second reviewer would have to agree."""

    code = fields.String(required=True)
    sentence = fields.Nested(Said, required=True)


class DryRunOut(Schema):
    """What all checks would say, why two would decide, and by when a decision would be promised."""

    items = fields.List(fields.Nested(DryCheckOut), required=True, attribute="results")
    needs_two = fields.List(fields.Nested(NeedsTwo), required=True)
    due_at = Moment(required=True)
    relied_on = fields.List(fields.String(), required=True, metadata={"description": "papers on file that count"})


class CheckDocument(Schema):
    """A check of the catalogue, with its document."""

    code = fields.String(required=True)
    title = fields.String(required=True, attribute="document.title")
    severity = fields.Enum(Severity, by_value=True, required=True)
    blocks = fields.Boolean(required=True)
    kinds = fields.Function(lambda check: sorted(check.kinds), metadata={"type": "array", "items": {"type": "string"}})
    sections = fields.Dict(keys=fields.String(), values=fields.String(), required=True, attribute="document.sections")


class Catalogue(Schema):
    """All checks."""

    items = fields.List(fields.Nested(CheckDocument), required=True)


class GivenReason(Schema):
    """A reason that was given, with what mends it."""

    code = fields.String(required=True)
    field = fields.String(required=True)
    comment = fields.String(required=True)
    sentence = fields.Nested(Said, required=True)
    fix = fields.Nested(Said, required=True)


class DecisionOut(Schema):
    """What one person decided."""

    stage = fields.Enum(Stage, by_value=True, required=True)
    verdict = fields.String(required=True)
    by = fields.String(required=True)
    on_behalf = fields.String(required=True)
    comment = fields.String(required=True)
    version = fields.Integer(required=True)
    at = Moment(required=True)
    reasons = fields.Function(
        lambda row: [_given(each) for each in row.reasons], metadata={"type": "array", "items": {"type": "object"}}
    )


class FilingBrief(Schema):
    """A filing in a list."""

    key = fields.String(required=True)
    reference_id = fields.String(required=True, data_key="referenceId")
    kind = fields.Enum(Kind, by_value=True, required=True)
    applicant = fields.String(required=True)
    counterparty = fields.String(required=True, allow_none=True)
    state = fields.Enum(State, by_value=True, required=True)
    version = fields.Integer(required=True)
    priority = fields.Enum(Priority, by_value=True, required=True)
    needs_two = fields.List(fields.String(), required=True)
    office = fields.String(required=True)
    sample_draw = fields.Integer(required=True, allow_none=True)
    risk = fields.Integer(required=True)
    urges = fields.Integer(required=True)
    claimed_by = fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)
    submitted_at = Moment(required=True, allow_none=True)
    due_at = Moment(required=True, allow_none=True)
    mend_by = Moment(required=True, allow_none=True)
    appeal_by = Moment(required=True, allow_none=True)
    decided_at = Moment(required=True, allow_none=True)
    entry_kind = fields.String(required=True, allow_none=True)
    entry_key = fields.String(required=True, allow_none=True)


class FilingOut(FilingBrief):
    """A filing with its content, its checks, its decisions, and what this caller may do with it now."""

    content = fields.Dict(keys=fields.String(), required=True)
    papers = fields.List(fields.String(), required=True)
    relied_on = fields.List(fields.String(), required=True, metadata={"description": "papers on file that count"})
    note = fields.String(required=True)
    checks = fields.List(fields.Nested(CheckOut), required=True, attribute="results")
    decisions = fields.List(fields.Nested(DecisionOut), required=True)
    actions = fields.Function(
        lambda filing: MACHINE.open_to(filing, filing.state, current_actor()),
        metadata={"type": "array", "items": {"type": "string"}},
    )


class FilingQuery(Query):
    """Filters of the list."""

    state = fields.String(load_default="", validate=validate.OneOf(["", *map(str, State)]))
    kind = fields.String(load_default="", validate=validate.OneOf(["", *map(str, Kind)]))
    priority = fields.String(load_default="", validate=validate.OneOf(["", *map(str, Priority)]))
    applicant = fields.String(load_default="", validate=validate.Length(0, 80))
    claimed_by = fields.String(load_default="", validate=validate.Length(0, 200))
    office = fields.String(load_default="", validate=validate.Length(0, 20))
    late = fields.Boolean(load_default=False)
    reference_id = fields.String(data_key="referenceId", load_default="", validate=forms.REFERENCE)


FilingPage = page_of(FilingBrief)


def _check(code: str, name: str) -> Any:
    found = next((check for check in engine.catalogue() if check.code == code), None)
    if found is None:  # a check that was taken out of the catalogue since
        return False if name == "blocks" else ""
    return found.document.title if name == "title" else getattr(found, name)


def _given(reason: dict[str, str]) -> Any:
    listed = BY_CODE[reason["code"]]
    said = {"sentence": listed.sentence, "fix": listed.fix}
    return GivenReason().dump({"field": "", "comment": ""} | reason | said)
