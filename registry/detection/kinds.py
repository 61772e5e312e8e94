"""The closed lists that detection writes in its tables."""

from enum import StrEnum


class CaseKind(StrEnum):
    """What story a case tells."""

    SUBLET = "sublet"
    SCOPE_EXPANSION = "scope_expansion"
    IMPERSONATION = "impersonation"
    UNREGISTERED = "unregistered"
    OTHER = "other"


class CaseState(StrEnum):
    """Where the work on a case stands; merged and withdrawn cases tell no story any more."""

    OPEN = "open"
    IN_WORK = "in_work"
    JUDGED = "judged"
    CLOSED = "closed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


TOLD = (CaseState.OPEN, CaseState.IN_WORK, CaseState.JUDGED, CaseState.CLOSED)
"""States of cases that hold a story: what lists and exports show where nothing else is asked."""
