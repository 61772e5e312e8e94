"""The words of measures: upon what, what it does, where it stands."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a measure may fall upon."""

    ENTERPRISE = "enterprise"
    PORT = "port"
    PREFIX = "prefix"
    DELEGATION = "delegation"
    SUBMITTER = "submitter"
    SIGNATURE = "signature"
    PERMIT = "permit"
    TEMPLATE = "template"


class Action(StrEnum):
    """What a measure does, from mildest to hardest."""

    WARN = "warn"
    CORRECT = "correct"
    THROTTLE = "throttle"
    LIMIT = "limit"
    STOP_NEW = "stop_new"
    SUSPEND = "suspend"
    REVOKE = "revoke"
    BLACKLIST = "blacklist"


class MeasureState(StrEnum):
    """Where a measure stands; only one in force takes anything away."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    IN_FORCE = "in_force"
    STAYED = "stayed"
    LIFTED = "lifted"
