"""The queue, places in it, and the table of conditions, as they come in and go out."""

from marshmallow import fields, validate

from registry.enterprises.kinds import LegalForm
from registry.filings.kinds import Kind, Priority
from registry.filings.schemas import FilingBrief, NeedsTwo, Said
from registry.filings.workflow import State
from registry.http.schema import Moment, Query, Schema, page_of
from registry.signatures.kinds import SignatureSource
from registry.texts.category import category_names

_NAMES = {"type": "array", "items": {"type": "string"}}
_WORDS = validate.Length(1, 2000)


class QueueLine(FilingBrief):
    """A filing in the queue."""


class QueueQuery(Query):
    """Filters of the queue."""

    kind = fields.String(load_default="", validate=validate.OneOf(["", *map(str, Kind)]))
    priority = fields.String(load_default="", validate=validate.OneOf(["", *map(str, Priority)]))
    office = fields.String(load_default="", validate=validate.Length(0, 20))
    late = fields.Boolean(load_default=False)
    mine = fields.Boolean(load_default=False)


QueuePage = page_of(QueueLine)


class PlaceOut(Schema):
    """Where a filing stands. `place` counts from 1 and is null where it does not wait."""

    key = fields.String(required=True, attribute="filing.key")
    state = fields.Enum(State, by_value=True, required=True, attribute="filing.state")
    place = fields.Integer(required=True, allow_none=True)
    waiting = fields.Integer(required=True)
    due_at = Moment(required=True, allow_none=True, attribute="filing.due_at")
    provisional = fields.Boolean(required=True)
    may_urge = fields.Boolean(required=True)


class EligibilityQuery(Schema):
    """A registered enterprise by its code, or one described by legal form, industry and source of its signature."""

    enterprise = fields.String(load_default="", validate=validate.Length(0, 80))
    legal_form = fields.String(load_default="company", validate=validate.OneOf([str(each) for each in LegalForm]))
    industry = fields.String(load_default="", validate=validate.Length(0, 10))
    source = fields.String(load_default="", validate=validate.OneOf(["", *map(str, SignatureSource)]))


class RefusalOut(Schema):
    """Why a category is closed, and what mends it."""

    reason = fields.Nested(Said, required=True)
    fix = fields.Nested(Said, required=True)


class EligibilityOut(Schema):
    """One category."""

    category = fields.String(required=True)
    open_ = fields.Boolean(required=True, data_key="open", attribute="open")
    refusal = fields.Nested(RefusalOut, required=True, allow_none=True)
    needs_two = fields.List(fields.Nested(NeedsTwo), required=True)


class EligibilityList(Schema):
    """All categories."""

    items = fields.List(fields.Nested(EligibilityOut), required=True)


class FlowOut(Schema):
    """Messages that go from one judgement to another; empty is allowed, else a code of the rules of scope."""

    before = fields.String(required=True)
    after = fields.String(required=True)
    messages = fields.Integer(required=True)


class ChangeOut(Schema):
    """One line of usage for which something changes."""

    port = fields.String(required=True, attribute="line.port")
    signature = fields.String(required=True, attribute="line.signature")
    category = fields.Function(lambda row: category_names(row.line.category), metadata=_NAMES)
    messages = fields.Integer(required=True, attribute="line.messages")
    before = fields.String(required=True)
    after = fields.String(required=True)


class BeyondOut(Schema):
    """Messages that another rule of the asked scope would stop."""

    code = fields.String(required=True)
    messages = fields.Integer(required=True)


class EffectOut(Schema):
    """The expected effect. `told` false: the kind allows and stops nothing; `days` 0: there are no usage facts."""

    told = fields.Boolean(required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    days = fields.Integer(required=True)
    unread = fields.Integer(required=True)
    messages = fields.Integer(required=True)
    unjudged = fields.Integer(required=True)
    allowed_before = fields.Integer(required=True)
    allowed_after = fields.Integer(required=True)
    newly_allowed = fields.Integer(required=True)
    newly_stopped = fields.Integer(required=True)
    still_stopped = fields.Integer(required=True)
    flows = fields.List(fields.Nested(FlowOut), required=True)
    changes = fields.List(fields.Nested(ChangeOut), required=True)
    beyond = fields.List(fields.Nested(BeyondOut), required=True)


class AppealIn(Schema):
    """What an applicant says against a rejection, with papers that were uploaded."""

    comment = fields.String(required=True, validate=_WORDS)
    papers = fields.List(
        fields.String(validate=validate.Length(1, 60)), load_default=list, validate=validate.Length(0, 50)
    )


class ConditionOut(Schema):
    """One row of the table: which feature of a filing is looked at, and the values for which the row applies."""

    code = fields.String(required=True)
    sentence = fields.Nested(Said, required=True)
    feature = fields.String(required=True)
    values = fields.List(fields.String(), required=True)
    first_or_wider = fields.Boolean(required=True)
    deciders = fields.Integer(required=True)
    provision = fields.String(required=True)
    source = fields.String(required=True)
    since = fields.Date(required=True)


class ConditionTable(Schema):
    """All rows, as they count on a day."""

    items = fields.List(fields.Nested(ConditionOut), required=True)
