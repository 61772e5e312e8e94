"""Cases as they come in and go out."""

from marshmallow import fields, validate

from registry.asks.schemas import AskOut
from registry.detection.kinds import CaseKind, CaseState
from registry.detection.proof import Element, Stance
from registry.detection.schemas import FindingOut
from registry.detection.verdicts import Verdict
from registry.http import Query, Schema, page_of
from registry.http.said import TextIn
from registry.http.schema import Count, Moment, StepOut
from registry.kernel.paging import MOST
from registry.signatures.schemas import SentenceOut

KEY = validate.Length(1, 60)


class TermOut(Schema):
    """What one rule adds to the score; `cap` takes off what is over the highest."""

    name = fields.String(required=True)
    points = fields.Integer(required=True)
    weight = fields.Integer(required=True)
    findings = fields.Integer(required=True)


class CaseOut(Schema):
    """A case as lists show it. The points of its terms add up to its score."""

    key = fields.String(required=True)
    kind = fields.Enum(CaseKind, by_value=True, required=True)
    state = fields.Enum(CaseState, by_value=True, required=True)
    verdict = fields.Enum(Verdict, by_value=True, required=True, allow_none=True)
    enterprise = fields.String(required=True)
    worked_by = fields.String(required=True)
    ports = fields.List(fields.String(), required=True)
    signatures = fields.List(fields.String(), required=True)
    score = fields.Integer(required=True)
    terms = fields.List(fields.Nested(TermOut), required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    messages = fields.Integer(required=True)
    follows = fields.String(required=True)
    merged_into = fields.String(required=True)
    opened_at = Moment(required=True)
    version = fields.Integer(required=True)


class StandingOut(Schema):
    """How an element of proof stands; without a stance it is missing."""

    element = fields.Enum(Element, by_value=True, required=True)
    stance = fields.Enum(Stance, by_value=True, required=True, allow_none=True)
    why = fields.List(fields.Nested(SentenceOut), required=True)


class PartyOut(Schema):
    """One step of the chain: who, under whom, what it is there, whether the step was declared."""

    key = fields.String(required=True)
    under = fields.String(required=True)
    name = fields.Nested(SentenceOut, required=True)
    role = fields.Nested(SentenceOut, required=True)
    declared = fields.Boolean(required=True)
    note = fields.Nested(SentenceOut, required=True)


class CaseWhole(Schema):
    """A case with its findings, its story, how its proof stands, what was asked for and what was done."""

    case = fields.Nested(CaseOut, required=True)
    findings = fields.List(fields.Nested(FindingOut), required=True, attribute="case.findings")
    chain = fields.List(fields.Nested(PartyOut), required=True, attribute="story.chain")
    days = fields.Dict(keys=fields.Date(), values=fields.Integer(), required=True, attribute="story.days")
    proof = fields.Function(lambda told: StandingOut(many=True).dump(told.standings.values()), required=True)
    asks = fields.List(fields.Nested(AskOut), required=True)
    steps = fields.List(fields.Nested(StepOut), required=True)


class CaseQuery(Query):
    """Filters by the names of the fields; days in which it was seen; the highest scores first, where asked."""

    kind = fields.Enum(CaseKind, by_value=True, load_default=None)
    state = fields.Enum(CaseState, by_value=True, load_default=None)
    verdict = fields.Enum(Verdict, by_value=True, load_default=None)
    enterprise = fields.String(load_default="", validate=validate.Length(max=100))
    worked_by = fields.String(load_default="", validate=validate.Length(max=200))
    port = fields.String(load_default="", validate=validate.Length(max=20))
    least_score = Count(load_default=0, validate=validate.Range(0, MOST))
    from_day = fields.Date(load_default=None)
    to_day = fields.Date(load_default=None)
    order = fields.String(load_default="key", validate=validate.OneOf(["key", "score"]))


class NoteIn(TextIn):
    """What speaks for or against an element of proof, and the paper that shows it, if there is one."""

    element = fields.Enum(Element, by_value=True, required=True)
    stance = fields.Enum(Stance, by_value=True, required=True)
    paper = fields.String(load_default="", validate=validate.Length(max=60))


class AskOfCase(TextIn):
    """Which original, of whom, what it is to show, until when; without a day, the usual period."""

    enterprise = fields.String(required=True, validate=validate.Length(1, 100))
    element = fields.Enum(Element, by_value=True, required=True)
    due = fields.Date(load_default=None, allow_none=True)


class JudgeCaseIn(TextIn):
    """What it was, and what that rests on."""

    verdict = fields.Enum(Verdict, by_value=True, required=True)


class MergeCaseIn(TextIn):
    """The case that takes it in."""

    into = fields.String(required=True, validate=KEY)


class SplitIn(TextIn):
    """The findings that are a story of their own."""

    findings = fields.List(fields.String(validate=KEY), required=True, validate=validate.Length(1, MOST))


CasePage = page_of(CaseOut)
