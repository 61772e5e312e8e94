"""Pure decisions: which notice of an end is due, and when a permit that nobody sends with lapses."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.kernel.clock import local_day


def tier(days_left: int, tiers: Sequence[int]) -> int | None:
    """The notice that is due so many days before an end: the nearest one not yet passed, None where it is too early.

    A missed day is made up for: with notices at 30, 15 and 2 days, ten days before the end the one of 15 is due.
    """
    reached = [each for each in tiers if days_left <= each]
    return min(reached) if reached and days_left >= 0 else None


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, the month's last where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def free_on(ended: dt.datetime, quarantine: int) -> dt.date:
    """The first day on which an extension that ended may go to another enterprise, after so many days of rest."""
    return local_day(ended) + dt.timedelta(days=quarantine)


@dataclass(frozen=True, slots=True)
class Idle:
    """Since when a permit is idle, and the day on which it would lapse."""

    since: dt.date
    lapses_on: dt.date


def idle(
    began: dt.date, last_seen: dt.date | None, months: int, first_records: dt.date, days_with_records: Iterable[dt.date]
) -> Idle:
    """How long nothing was sent under a permit, as far as there are records.

    Days without any records prove nothing: they don't count, and put the day of lapsing off by as many.
    """
    since = max(began, first_records, last_seen or began)
    usual = months_after(since, months)
    seen = sum(since < day <= usual for day in days_with_records)
    return Idle(since, usual + dt.timedelta(days=max(0, (usual - since).days - seen)))
