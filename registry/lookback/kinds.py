"""The closed lists of looking back: what a cohort is taken from, what an item may be, where things stand."""

from enum import StrEnum


class Cohort(StrEnum):
    """What a plan's cohort is taken from."""

    PORT_PREFIX = "port_prefix"
    HOLDER = "holder"
    SIGNATURE_SOURCE = "signature_source"
    APPROVED_BEFORE = "approved_before"
    STANDING = "standing"
    FINDINGS = "findings"


class Subject(StrEnum):
    """What can be re-verified: the entries that have a standing; letters, templates, and enterprises themselves."""

    PORT = "port"
    DELEGATION = "delegation"
    SIGNATURE = "signature"
    PERMIT = "permit"
    LETTER = "letter"
    TEMPLATE = "template"
    ENTERPRISE = "enterprise"


WITH_STANDING = (Subject.PORT, Subject.DELEGATION, Subject.SIGNATURE, Subject.PERMIT)
"""What a plan means that names no kinds: the entries that gateways' records show, and that become verified by it."""


class RunState(StrEnum):
    """incomplete: a rule or a check broke off, or facts were missing, so some items could not be checked."""

    ORDERED = "ordered"
    RUNNING = "running"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


class ItemState(StrEnum):
    """Where an item stands. `waiting`: the run has not come to it; `answered`: staff has an answer to judge."""

    WAITING = "waiting"
    PASSED = "passed"
    NEEDS_ANSWER = "needs_answer"
    ANSWERED = "answered"
    FAILED = "failed"
    NOT_CHECKABLE = "not_checkable"
    UNREACHABLE = "unreachable"
    EXCEPTED = "excepted"


class Outcome(StrEnum):
    """What came of an item: only `passed` counts as verified."""

    PASSED = "passed"
    NEEDS_ANSWER = "needs_answer"
    FAILED = "failed"
    NOT_CHECKABLE = "not_checkable"
    UNREACHABLE = "unreachable"
    EXCEPTED = "excepted"


class Weight(StrEnum):
    """What a reason does to an item: it refuses, asks a person, says what could not be checked, or is a remark."""

    REFUSES = "refuses"
    ASKS = "asks"
    LACKS = "lacks"
    NOTES = "notes"
