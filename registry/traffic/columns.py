"""The columns of a gateway's records, as the format names them, and what is said of those that are not there."""

from enum import IntFlag

TEXT_OF_MESSAGE = ("content", "signature")
KNOWN = (
    "submitted_at",
    "port",
    *TEXT_OF_MESSAGE,
    "gateway",
    "submitter",
    "agent",
    "province",
    "recipient",
    "declared_category",
    "scheduled_at",
    "message_ref",
    "part_total",
    "part_number",
    "status",
)


class Missing(IntFlag):
    """Columns that a gateway did not deliver: what needs them is not judged."""

    SUBMITTER = 1
    PROVINCE = 2
    CONTENT = 4
    RECIPIENT = 8
    AGENT = 16


def missing_bits(delivered: set[str]) -> int:
    """The bits of what a file with these columns lacks."""
    return int(sum(bit for bit in Missing if str(bit.name).lower() not in delivered))


def required_and_missing(delivered: set[str], *, default_time: bool) -> list[str]:
    """The names of required columns that are not there, in words for people."""
    lacking = [] if "submitted_at" in delivered or default_time else ["submitted_at"]
    lacking += [] if "port" in delivered else ["port"]
    return lacking + ([] if delivered.intersection(TEXT_OF_MESSAGE) else ["content or signature"])


# What is wrong with a row, by column and code; `row` where the whole of it can't be taken apart.
FAULTS = {
    "row:encoding": "the line is neither UTF-8 nor, in a file that is, GB18030",
    "row:quotes": "a quotation mark is opened and not closed, or text stands behind a closing one",
    "row:fields": "the line has another number of fields than the header",
    "row:too_long": "the line is longer than a megabyte",
    "row:json": "the line is no JSON object",
    "submitted_at:unreadable": "no time: write RFC 3339 with offset, or milliseconds since 1970",
    "submitted_at:out_of_range": "the time lies before 2000 or after 2100",
    "port:not_digits": "a port is 3 to 20 digits",
    "content:empty": "there is neither a text nor a signature",
    "content:too_long": "the text is longer than 20,000 characters",
    "part_number:unreadable": "the part's number does not fit the number of parts",
    "province:unknown": "no province code of GB/T 2260",
    "gateway:too_long": "longer than 100 characters",
    "submitter:too_long": "longer than 100 characters",
    "agent:too_long": "longer than 100 characters",
}
