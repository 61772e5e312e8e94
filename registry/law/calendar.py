"""Working days of mainland China: holidays and the weekends that are worked in exchange.

The State Council announces a year's holidays in the autumn before it. Beyond the years that the holiday table knows,
Monday to Friday are taken for working days; `known` says so, and whoever shows such a date says it is provisional.
"""

import datetime as dt
from functools import lru_cache

import chinese_calendar

_YEARS = frozenset(day.year for day in chinese_calendar.constants.holidays)
_SATURDAY = 5


def known(year: int) -> bool:
    """Whether the holidays of a year are known; else its working days are Monday to Friday."""
    return year in _YEARS


def is_working_day(day: dt.date) -> bool:
    """Whether people work on a day (provisional where its year is not `known`)."""
    if known(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < _SATURDAY


@lru_cache(maxsize=1024)
def add_working_days(day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after a day; the day itself for 0. Raises ValueError for a negative count."""
    if count < 0:
        raise ValueError(f"working days are counted forward, not {count}")
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days lie after `first`, up to and with `last`; 0 where `last` is not later."""
    days = max(0, (last - first).days)
    return sum(is_working_day(first + dt.timedelta(days=n)) for n in range(1, days + 1))
