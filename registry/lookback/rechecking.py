"""The filing checks once more, on an entry that stands in the registry: the one place that reaches for them."""

import structlog
from sqlalchemy.exc import DBAPIError

from registry.filings import service as filings
from registry.filings.kinds import Verdict
from registry.filings.outcome import Result
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.lookback.kinds import Subject, Weight
from registry.lookback.policy import Reason

_GONE = Sentence("该登记已不再有效，无法复核", "the entry is no longer in force: there is nothing to check")
_BROKE = Sentence("复核未能完成，已记录", "the checks broke off; it is logged")


def reasons(actor: Actor, kind: Subject, key: str) -> list[Reason]:
    """What the checks have against an entry at the present (frozen) moment; nothing where all of them pass."""
    try:
        results = filings.recheck(actor, kind, key)
    except NotFound:
        return [Reason("check", "ENTRY_GONE", Weight.LACKS, _GONE)]
    except DBAPIError:
        raise
    except Exception:  # noqa: BLE001 - one entry that cannot be read must not stop the run; the item says so
        structlog.get_logger().exception("recheck_broke", kind=kind, key=key)
        return [Reason("check", "CHECKS_BROKE", Weight.LACKS, _BROKE)]
    return [_reason(result) for result in results if result.verdict is not Verdict.PASS]


def _reason(result: Result) -> Reason:
    outcome = result.outcome
    return Reason("check", result.code, _weight(result), outcome.reason, outcome.fix, result.severity)


def _weight(result: Result) -> Weight:
    """What blocks a filing or is critical refuses; a small warning is a remark; the rest is a person's to look at."""
    if result.verdict is Verdict.NOT_CHECKED:
        return Weight.LACKS
    if result.stops or (result.failed and result.severity is Severity.CRITICAL):
        return Weight.REFUSES
    small = result.verdict is Verdict.WARN and result.severity in (Severity.LOW, Severity.NOTICE)
    return Weight.NOTES if small else Weight.ASKS
