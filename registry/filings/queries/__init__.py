"""Reading filings, and gathering what the checks look at."""

from registry.filings.queries.eligible import eligibility
from registry.filings.queries.entries import content_of_entry, entry_of
from registry.filings.queries.filings import (
    find,
    history,
    last_act,
    listed,
    of_reference,
    of_references,
    on_same_port,
    papers_of,
    possible,
    seen_by,
)
from registry.filings.queries.gathering import gather
from registry.filings.queries.office import office_of, offices_of
from registry.filings.queries.page import page
from registry.filings.queries.queue import next_of_queue, place, queue, waiting
from registry.filings.queries.rechecks import check_of_entry, checks_counted
from registry.filings.queries.replay import effect
from registry.filings.queries.reviewing import all_planted, figures, is_planted, planted, usual_author

__all__ = [
    "all_planted",
    "check_of_entry",
    "checks_counted",
    "content_of_entry",
    "effect",
    "eligibility",
    "entry_of",
    "figures",
    "find",
    "gather",
    "history",
    "is_planted",
    "last_act",
    "listed",
    "next_of_queue",
    "of_reference",
    "of_references",
    "office_of",
    "offices_of",
    "on_same_port",
    "page",
    "papers_of",
    "place",
    "planted",
    "possible",
    "queue",
    "seen_by",
    "usual_author",
    "waiting",
]
