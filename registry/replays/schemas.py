"""Questions to past facts and their answers, as they come in and go out."""

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.detection.model import RunState
from registry.detection.schemas import EvidenceOut
from registry.filings.forms import PermitForm
from registry.http import Schema, page_of
from registry.http.schema import Moment
from registry.permits.schemas import PermitVersionOut

_NUMBER = validate.Length(0, 30)


class ReplayIn(Schema):
    """What if: rules (none: all) over these days (both included), with other parameters of one rule, or with a permit.

    The permit stands in `permit` as one is filed, or in the filing whose key is `filing`.
    """

    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    rules = fields.List(fields.String(validate=validate.Length(max=10)), load_default=list, validate=_NUMBER)
    parameters = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 60)), values=fields.Float(), load_default=dict
    )
    permit = fields.Nested(PermitForm, load_default=None, allow_none=True)
    filing = fields.String(load_default="", validate=validate.Length(max=60))

    @ma.validates_schema
    def _one_permit(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data.get("permit") and data.get("filing"):
            raise ma.ValidationError("a permit of its own, or that of a filing", "filing")


class ReplayOut(Schema):
    """A question and its answer (empty while it is not answered).

    Of a comparison: `counts`, and by rule what is `found` only now, what is `gone`, and what `both` found. Of a finding
    that was applied again: whether it is the `same`, its `days`, the `query`, and the `script` to run elsewhere.
    """

    key = fields.String(required=True)
    finding = fields.String(required=True)
    question = fields.Dict(required=True)
    state = fields.Enum(RunState, by_value=True, required=True)
    asked_by = fields.String(required=True)
    asked_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    answer = fields.Dict(required=True)
    error = fields.String(required=True)


class ReplayBrief(ReplayOut):
    """The same as lists show it."""

    class Meta(Schema.Meta):
        """The answer may be long."""

        exclude = ("answer",)


class JudgedBy(PermitVersionOut):
    """A permit that a finding was held against."""

    key = fields.String(required=True)
    signature = fields.String(required=True)
    port = fields.String(required=True)
    owner = fields.String(required=True)
    user = fields.String(required=True)


class ExplanationOut(Schema):
    """What a finding rests on: its run, the rule as it judged then, the permits as they were known then.

    `last_again`: the last time that the rule was applied again.
    """

    finding = fields.String(attribute="key", required=True)
    rule = fields.String(attribute="finding.rule", required=True)
    run = fields.String(attribute="run.key", required=True)
    from_day = fields.Date(attribute="run.from_day", required=True)
    to_day = fields.Date(attribute="run.to_day", required=True)
    judged_at = Moment(attribute="run.started_at", required=True)
    version = fields.String(required=True)
    same_version = fields.Boolean(required=True)
    parameters = fields.Dict(required=True)
    clauses = fields.List(fields.String(), required=True)
    evidence = fields.List(fields.Nested(EvidenceOut), required=True)
    permits = fields.List(fields.Nested(JudgedBy), required=True)
    last_again = fields.Nested(ReplayOut, required=True, allow_none=True)


ReplayPage = page_of(ReplayBrief)
