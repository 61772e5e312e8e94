"""In which order the queue is worked, until when, and how long a door stays open to the applicant."""

import datetime as dt
from collections.abc import Iterable

from registry.filings.kinds import Kind, Priority, Verdict
from registry.filings.outcome import Result
from registry.kernel.clock import local_day, midnight
from registry.kernel.rule import Severity
from registry.law import provisions
from registry.law.calendar import add_working_days, known

MOST_RISK = 100
_WEIGHTS = {Severity.NOTICE: 1, Severity.LOW: 2, Severity.MEDIUM: 5, Severity.HIGH: 10, Severity.CRITICAL: 20}
_OF_CONDITION = 10


def priority(kind: Kind, results: Iterable[Result], *, waited_before: bool) -> Priority:
    """P0 ends something, P1 was sent back or rejected once and has waited, P3 failed a check."""
    if kind is Kind.WITHDRAWAL:
        return Priority.P0
    if waited_before:
        return Priority.P1
    return Priority.P3 if any(result.failed for result in results) else Priority.P2


def risk(results: Iterable[Result], conditions: int) -> int:
    """What could go wrong, 0 to 100: failed checks by their severity, warnings and the unchecked half, conditions."""
    told = (result for result in results if result.verdict is not Verdict.PASS)
    points = sum(_points(result) for result in told) + conditions * _OF_CONDITION
    return min(MOST_RISK, round(points))


def _points(result: Result) -> float:
    share = 1.0 if result.verdict is Verdict.FAIL else 0.5
    return _WEIGHTS[result.severity] * share


def due(submitted_at: dt.datetime, urgency: Priority) -> dt.datetime:
    """The end of the working day by which a decision is promised: sooner for what ends a risk or has waited."""
    name = {Priority.P0: "filings.decision_due.ending", Priority.P1: "filings.decision_due.again"}.get(urgency)
    return end_of_working_days(submitted_at, name or "filings.decision_due")


def end_of_working_days(since: dt.datetime, provision: str) -> dt.datetime:
    """The end of the last of so many working days after a moment, as the provision says."""
    days = provisions.integer(provision, since)
    return midnight(add_working_days(local_day(since), days) + dt.timedelta(days=1))


def provisional(moment: dt.datetime | None) -> bool:
    """Whether a promised day lies in a year whose holidays are not announced yet."""
    return moment is not None and not known(local_day(moment).year)


def raised(queue_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The age in the queue after an urge: so many days older."""
    return queue_at - dt.timedelta(days=provisions.integer("filings.urge_lift", now))


def urged_today(urged_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the calendar day of the last urge in Asia/Shanghai is today's."""
    return urged_at is not None and local_day(urged_at) == local_day(now)
