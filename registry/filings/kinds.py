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
    TEMPLATE = "template"
    BENEFICIARIES = "beneficiaries"
    SCOPE_CHANGE = "scope_change"
    TEMPORARY_PERMIT = "temporary_permit"
    RENEWAL = "renewal"
    SUCCESSION = "succession"
    ENTERPRISE_CHANGE = "enterprise_change"
    PORT_CHANGE = "port_change"
    SIGNATURE_CHANGE = "signature_change"
    WITHDRAWAL = "withdrawal"


CHANGING = frozenset(
    {
        Kind.TEMPLATE,
        Kind.BENEFICIARIES,
        Kind.SCOPE_CHANGE,
        Kind.TEMPORARY_PERMIT,
        Kind.RENEWAL,
        Kind.SUCCESSION,
        Kind.ENTERPRISE_CHANGE,
        Kind.PORT_CHANGE,
        Kind.SIGNATURE_CHANGE,
        Kind.WITHDRAWAL,
    }
)
"""Kinds that start from an entry which stands already."""


class Manner(StrEnum):
    """By what one enterprise takes the place of another; a mere transfer of a code is none of them."""

    MERGER = "merger"
    SPLIT = "split"


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
