"""What people say about a thing that is being worked: the same words and limits in every room."""

from marshmallow import fields, validate

from registry.http.schema import Schema

LONGEST = 4000
MOST_PAPERS = 20


class TextIn(Schema):
    """What is said about it."""

    text = fields.String(required=True, validate=validate.Length(1, LONGEST))


class AskIn(TextIn):
    """What somebody is asked, and until which day to answer; without a day, the usual period."""

    due = fields.Date(load_default=None, allow_none=True)


class ReplyIn(TextIn):
    """The answer, with papers that were uploaded."""

    papers = fields.List(
        fields.String(validate=validate.Length(1, 60)), load_default=list, validate=validate.Length(max=MOST_PAPERS)
    )
