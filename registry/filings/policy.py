"""In which order the queue is worked, and until when."""

import datetime as dt
from collections.abc import Iterable

from registry.filings.kinds import Kind, Priority
from registry.filings.outcome import Result
from registry.kernel.clock import local_day, midnight
from registry.law import provisions
from registry.law.calendar import add_working_days


def priority(kind: Kind, results: Iterable[Result], *, returned_before: bool) -> Priority:
    """P0 ends something, P1 was sent back once and has waited, P3 failed a check and will likely go back."""
    if kind is Kind.WITHDRAWAL:
        return Priority.P0
    if any(result.failed for result in results):
        return Priority.P3
    return Priority.P1 if returned_before else Priority.P2


def due(submitted_at: dt.datetime) -> dt.datetime:
    """The end of the working day by which a decision is promised."""
    days = provisions.integer("filings.decision_due", submitted_at)
    return midnight(add_working_days(local_day(submitted_at), days) + dt.timedelta(days=1))
