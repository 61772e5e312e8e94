"""The words of measures: upon what, what it does, where it stands."""

from enum import StrEnum

from registry.kernel.sentence import Sentence


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


SENTENCES = {
    Action.WARN: Sentence("警告", "warning"),
    Action.CORRECT: Sentence("责令改正", "order to correct"),
    Action.THROTTLE: Sentence("限量", "throttling"),
    Action.LIMIT: Sentence("限制范围", "limit of scope"),
    Action.STOP_NEW: Sentence("停止新报备", "stop of new filings"),
    Action.SUSPEND: Sentence("暂停", "suspension"),
    Action.REVOKE: Sentence("撤销", "revocation"),
    Action.BLACKLIST: Sentence("列入黑名单", "blacklisting"),
}
"""What each is called."""


class MeasureState(StrEnum):
    """Where a measure stands; only one in force takes anything away."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    IN_FORCE = "in_force"
    STAYED = "stayed"
    LIFTED = "lifted"
