"""The closed lists that detection writes in its tables."""

from enum import StrEnum


class CaseKind(StrEnum):
    """What story a case tells."""

    SUBLET = "sublet"
    SCOPE_EXPANSION = "scope_expansion"
    IMPERSONATION = "impersonation"
    UNREGISTERED = "unregistered"
    OTHER = "other"
