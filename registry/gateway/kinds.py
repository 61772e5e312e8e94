"""The words of other carriers' filings."""

from enum import StrEnum


class CarrierState(StrEnum):
    """Where the filing of the same signature stands at another carrier, as platforms name it."""

    NOT_FILED = "not_filed"
    FILING = "filing"
    FAILED = "failed"
    FILED_TO_VERIFY = "filed_to_verify"
    LAPSED = "lapsed"
    SUCCESS = "success"


class Outcome(StrEnum):
    """What became of one reported row. `older`: something newer is known already."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"
    NO_SUCH_PERMIT = "no_such_permit"
    IN_FUTURE = "in_future"
