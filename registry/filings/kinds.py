"""The closed lists of filings: kinds, priorities, stages of deciding, verdicts of checks."""

from enum import StrEnum


class Kind(StrEnum):
    """What a filing asks for."""

    ENTERPRISE = "enterprise"
    PORT = "port"
    DELEGATION = "delegation"
    SIGNATURE = "signature"
    LETTER = "letter"
    PERMIT = "permit"
    WITHDRAWAL = "withdrawal"


class Priority(StrEnum):
    """In which order the queue is worked: what ends a risk first, what failed its checks last."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Stage(StrEnum):
    """At which point somebody decided."""

    ACCEPTANCE = "acceptance"
    FIRST = "first"
    SECOND = "second"
    APPEAL = "appeal"


class Verdict(StrEnum):
    """What a check says. `not_checked` is never called clean."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    NOT_CHECKED = "not_checked"
