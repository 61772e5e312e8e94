"""Reading filings, and gathering what the checks look at."""

from registry.filings.queries.entries import content_of_entry, entry_of
from registry.filings.queries.filings import (
    find,
    history,
    listed,
    of_reference,
    on_same_port,
    page,
    possible,
    queue,
    seen_by,
    waiting,
)
from registry.filings.queries.gathering import gather
from registry.filings.queries.rechecks import check_of_entry, checks_counted

__all__ = [
    "check_of_entry",
    "checks_counted",
    "content_of_entry",
    "entry_of",
    "find",
    "gather",
    "history",
    "listed",
    "of_reference",
    "on_same_port",
    "page",
    "possible",
    "queue",
    "seen_by",
    "waiting",
]
