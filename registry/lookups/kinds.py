"""The words of lookups: which kind of source, and what it said."""

from enum import StrEnum


class LookupKind(StrEnum):
    """Which kind of source is asked."""

    COMPANY_REGISTER = "company_register"
    TRADEMARK = "trademark"
    ICP = "icp"
    LICENCE = "licence"
    REAL_NAME = "real_name"
    APP = "app"


class Answer(StrEnum):
    """What came of asking: the source has a record, has none, or gave no answer."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_REACHABLE = "not_reachable"


class LookupResult(StrEnum):
    """What it means for what was asked. No answer is no agreement."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    NOT_REACHABLE = "not_reachable"
