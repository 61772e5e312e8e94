"""Runs, findings and weights as they come in and go out."""

from marshmallow import RAISE, fields, validate

from registry.detection.kinds import CaseKind
from registry.detection.model import RunState
from registry.detection.verdicts import Verdict
from registry.detection.workflow import FindingState
from registry.http import Query, Schema, page_of
from registry.http.said import TextIn
from registry.http.schema import Moment, StepOut
from registry.kernel.rule import Severity
from registry.measures.schemas import MeasureIn
from registry.settings import ENGINES

_TEXT = validate.Length(1, 4000)


class ChangedIn(Schema):
    """On which engine."""

    engine = fields.String(
        load_default="", validate=validate.OneOf(["", *ENGINES]), metadata={"description": "empty: the usual one"}
    )


class RunIn(ChangedIn):
    """Days to judge, both included; no rules means all."""

    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    rules = fields.List(fields.String(validate=validate.Length(max=10)), load_default=list)


class RunOut(Schema):
    """A run and what each rule counted, in messages."""

    key = fields.String(required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    state = fields.Enum(RunState, by_value=True, required=True)
    asked_by = fields.String(required=True)
    started_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    facts = fields.Integer(required=True)
    messages = fields.Integer(required=True)
    outcomes = fields.List(fields.Dict(), required=True)
    error = fields.String(required=True)
    engine = fields.String(required=True, metadata={"description": "empty: the usual one"})


class RunsOut(Schema):
    """Runs that were ordered."""

    items = fields.List(fields.Nested(RunOut), required=True)


class FindingOut(Schema):
    """A finding as lists show it."""

    key = fields.String(required=True)
    rule = fields.String(required=True)
    severity = fields.Enum(Severity, by_value=True, required=True)
    state = fields.Enum(FindingState, by_value=True, required=True)
    kind = fields.Enum(CaseKind, by_value=True, required=True)
    case = fields.String(required=True)
    port = fields.String(required=True)
    signature = fields.String(required=True)
    enterprise = fields.String(required=True)
    tenant = fields.String(required=True)
    affiliated = fields.Boolean(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    messages = fields.Integer(required=True)
    summary_zh = fields.String(required=True)
    summary_en = fields.String(required=True)
    verdict = fields.Enum(Verdict, by_value=True, required=True, allow_none=True)
    due_at = Moment(required=True, allow_none=True)
    version = fields.Integer(required=True)


class EvidenceOut(Schema):
    """What was seen on one day."""

    day = fields.Date(required=True)
    messages = fields.Integer(required=True)
    run = fields.String(required=True)
    rows = fields.List(fields.Dict(), required=True)


class FindingWhole(FindingOut):
    """A finding with its evidence and what was done about it."""

    follows = fields.String(required=True)
    merged_into = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceOut), required=True)
    steps = fields.List(fields.Nested(StepOut), required=True)


class FindingQuery(Query):
    """Filters by the names of the fields; days in which it was seen."""

    rule = fields.String(load_default="", validate=validate.Length(max=10))
    state = fields.Enum(FindingState, by_value=True, load_default=None)
    severity = fields.Enum(Severity, by_value=True, load_default=None)
    kind = fields.Enum(CaseKind, by_value=True, load_default=None)
    case = fields.String(load_default="", validate=validate.Length(max=60))
    port = fields.String(load_default="", validate=validate.Length(max=20))
    enterprise = fields.String(load_default="", validate=validate.Length(max=100))
    tenant = fields.String(load_default="", validate=validate.Length(max=100))
    from_day = fields.Date(load_default=None)
    to_day = fields.Date(load_default=None)
    overdue = fields.Boolean(load_default=False)


class VerdictIn(TextIn):
    """What it was, and what that rests on."""

    verdict = fields.Enum(Verdict, by_value=True, required=True)


class MergeIn(TextIn):
    """The finding that it is the same as."""

    into = fields.String(required=True, validate=validate.Length(1, 60))


class MeasureOfFinding(MeasureIn):
    """A measure that follows the finding: it counts at once, and the finding's enterprise answers for it."""

    class Meta:
        """What the finding says itself is not asked for."""

        unknown = RAISE
        exclude = ("state", "finding", "enterprise")


class RuleOut(Schema):
    """A rule and its document."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    severity = fields.Enum(Severity, by_value=True, required=True)
    kind = fields.String(required=True)
    in_force_from = fields.Date(required=True)
    needs = fields.List(fields.String(), required=True)
    parameters = fields.Dict(required=True)
    sections = fields.Dict(required=True)


class RulePage(Schema):
    """All rules."""

    items = fields.List(fields.Nested(RuleOut), required=True)


class WeightOut(Schema):
    """How many points a rule adds to a case; `usual`: what the code says; version 0: nobody changed it."""

    rule = fields.String(required=True)
    points = fields.Integer(required=True)
    usual = fields.Integer(required=True)
    changed_by = fields.String(required=True)
    changed_at = Moment(required=True, allow_none=True)
    version = fields.Integer(required=True)


class WeightPage(Schema):
    """The weights of all rules."""

    items = fields.List(fields.Nested(WeightOut), required=True)


class WeightIn(Schema):
    """Points from now on, and why."""

    points = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100))
    reason = fields.String(required=True, validate=_TEXT)


RunPage = page_of(RunOut)
FindingPage = page_of(FindingOut)
