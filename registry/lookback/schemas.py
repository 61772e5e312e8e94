"""Plans, runs and items as they come in and go out."""

from marshmallow import fields, validate

from registry.http import Query, Schema, page_of
from registry.http.said import TextIn
from registry.http.schema import Moment, StepOut
from registry.kernel.standing import Standing
from registry.lookback import values
from registry.lookback.kinds import Cohort, ItemState, Outcome, RunState, Subject
from registry.measures.kinds import Action

_TEXT = validate.Length(1, 4000)
_KEY = validate.Length(max=100)


def _number(least: int, most: int) -> fields.Integer:
    return fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(least, most))


class PlanIn(Schema):
    """What is looked back at, how often, and with what; see `values.PlanValues` for how each cohort is written."""

    name = fields.String(required=True, validate=validate.Length(1, values.LONGEST_NAME))
    cohort = fields.Enum(Cohort, by_value=True, required=True)
    value = fields.String(load_default="", validate=_KEY)
    subjects = fields.List(
        fields.Enum(Subject, by_value=True), load_default=list, validate=validate.Length(max=len(Subject))
    )
    sample = _number(1, values.MOST_ITEMS)
    seed = _number(0, values.MOST_SEED)
    every = fields.String(load_default="", validate=validate.Length(max=5))
    answer_days = _number(1, values.MOST_ANSWER_DAYS)
    days = fields.Integer(load_default=30, strict=True, validate=validate.Range(0, values.MOST_DAYS))
    findings = fields.Boolean(load_default=False)


class PlanOut(Schema):
    """A plan; `due_on` is when it runs next by itself."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    cohort = fields.Enum(Cohort, by_value=True, required=True)
    value = fields.String(required=True)
    subjects = fields.List(fields.String(), required=True)
    sample = fields.Integer(required=True, allow_none=True)
    seed = fields.Integer(required=True, allow_none=True)
    every = fields.String(required=True)
    answer_days = fields.Integer(required=True, allow_none=True)
    days = fields.Integer(required=True)
    findings = fields.Boolean(required=True)
    active = fields.Boolean(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    made_by = fields.String(required=True)
    made_at = Moment(required=True)
    version = fields.Integer(required=True)


class PlanQuery(Query):
    """Filters by the names of the fields."""

    active = fields.Boolean(load_default=None)


class TotalsOut(Schema):
    """Items by outcome; `items` is the sum of all the others."""

    items = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    passed = fields.Integer(required=True)
    needs_answer = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    not_checkable = fields.Integer(required=True)
    unreachable = fields.Integer(required=True)
    excepted = fields.Integer(required=True)


class RunOut(Schema):
    """A run as lists show it."""

    key = fields.String(required=True)
    plan = fields.String(required=True)
    plan_name = fields.String(required=True)
    state = fields.Enum(RunState, by_value=True, required=True)
    asked_by = fields.String(required=True)
    ordered_at = Moment(required=True)
    clock = Moment(required=True, allow_none=True)
    from_day = fields.Date(required=True, allow_none=True)
    to_day = fields.Date(required=True, allow_none=True)
    seed = fields.Integer(required=True, allow_none=True)
    population = fields.Integer(required=True)
    judged_at = Moment(required=True, allow_none=True)
    ended_at = Moment(required=True, allow_none=True)
    totals = fields.Nested(TotalsOut, required=True)


class RunWhole(RunOut):
    """A run with what it froze: rules and checks, list of facts, days without records, what each rule counted."""

    rules = fields.List(fields.Dict(), required=True)
    facts = fields.List(fields.Dict(), required=True)
    lacking = fields.List(fields.String(), required=True)
    counts = fields.List(fields.Dict(), required=True)


class RunQuery(Query):
    """Filters by the names of the fields."""

    plan = fields.String(load_default="", validate=_KEY)
    state = fields.Enum(RunState, by_value=True, load_default=None)


class RunIn(Schema):
    """The last day whose facts are judged; yesterday where not said."""

    to_day = fields.Date(load_default=None, allow_none=True)


class ItemOut(Schema):
    """An item as lists show it."""

    key = fields.String(required=True)
    run = fields.String(required=True)
    subject_kind = fields.Enum(Subject, by_value=True, required=True)
    subject = fields.String(required=True)
    label = fields.String(required=True)
    port = fields.String(required=True)
    signature = fields.String(required=True)
    enterprise = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True, metadata={"description": "before the run"})
    state = fields.Enum(ItemState, by_value=True, required=True)
    reasons = fields.List(fields.Dict(), required=True)
    findings = fields.List(fields.String(), required=True)
    concluded_at = Moment(required=True, allow_none=True)
    due_at = Moment(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    reminders = fields.Integer(required=True)
    answered_at = Moment(required=True, allow_none=True)
    judged_by = fields.String(required=True)
    excepted_until = Moment(required=True, allow_none=True)
    measure = fields.String(required=True)
    version = fields.Integer(required=True)


class ItemWhole(ItemOut):
    """An item with what the records show of it, and what was done about it."""

    seen = fields.Dict(required=True)
    steps = fields.List(fields.Nested(StepOut), required=True)


class ItemQuery(Query):
    """Filters by the names of the fields."""

    run = fields.String(load_default="", validate=_KEY)
    outcome = fields.Enum(Outcome, by_value=True, load_default=None)
    state = fields.Enum(ItemState, by_value=True, load_default=None)
    subject_kind = fields.Enum(Subject, by_value=True, load_default=None)
    subject = fields.String(load_default="", validate=_KEY)
    enterprise = fields.String(load_default="", validate=_KEY)
    overdue = fields.Boolean(load_default=False)


class JudgeIn(TextIn):
    """What staff finds; `until` for an exception alone."""

    verdict = fields.String(required=True, validate=validate.OneOf(["passed", "failed", "excepted"]))
    until = Moment(load_default=None, allow_none=True)


class MeasureIn(Schema):
    """The measure that is proposed on what failed."""

    action = fields.Enum(Action, by_value=True, required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 2000))
    remedy = fields.String(load_default="", validate=validate.Length(max=2000))
    materials = fields.String(load_default="", validate=validate.Length(max=2000))
    appeal_channel = fields.String(load_default="", validate=validate.Length(max=2000))
    limits = fields.Dict(
        keys=fields.String(validate=validate.Length(max=40)),
        values=fields.String(validate=validate.Length(max=400)),
        load_default=dict,
    )


class ReportQuery(Schema):
    """How the report is written, and in which language the page is."""

    format = fields.String(load_default="html", validate=validate.OneOf(["csv", "html"]))
    language = fields.String(load_default="zh_CN", validate=validate.OneOf(["zh_CN", "en"]))


PlanPage = page_of(PlanOut)
RunPage = page_of(RunOut)
ItemPage = page_of(ItemOut)
