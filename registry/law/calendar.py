"""Working days of mainland China: holidays and the weekends that are worked in exchange.

The State Council announces a year's holidays in the autumn before it. Beyond the years that the holiday table knows,
Monday to Friday are taken for working days; `known` says so, and whoever shows such a date says it is provisional.
"""

import datetime as dt
from functools import lru_cache

import chinese_calendar

_YEARS = frozenset(day.year for day in chinese_calendar.constants.holidays)
_SATURDAY = 5
_SPRING_FESTIVALS = ((2024, 2, 10), (2025, 1, 29), (2026, 2, 17), (2027, 2, 6), (2028, 1, 26))
_FESTIVALS = {year: dt.date(year, month, day) for year, month, day in _SPRING_FESTIVALS}
_MIDDLE = (2, 5)  # it falls between 21 January and 20 February


def known(year: int) -> bool:
    """Whether the holidays of a year are known; else its working days are Monday to Friday."""
    return year in _YEARS


def is_working_day(day: dt.date) -> bool:
    """Whether people work on a day (provisional where its year is not `known`)."""
    if known(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < _SATURDAY


def spring_festival(year: int) -> dt.date:
    """The first day of the Chinese year, known for 2024 to 2028; for other years the middle of where it may fall."""
    return _FESTIVALS.get(year) or dt.date(year, *_MIDDLE)


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
