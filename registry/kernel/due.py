"""Until when somebody is to answer."""

import datetime as dt

from registry.kernel import clock
from registry.kernel.errors import FieldError, Invalid

LONGEST = dt.timedelta(days=366)


def end_of(day: dt.date, field: str = "due") -> dt.datetime:
    """The end of a day in Asia/Shanghai. Raises Invalid for one that is gone, or more than a year away."""
    today = clock.today()
    if not today <= day <= today + LONGEST:
        error = FieldError(
            field, "no_day_to_answer", f"{day} is gone, or too far away", "today, or a day within a year"
        )
        raise Invalid("no_day_to_answer", "nobody can answer until then", fields=[error])
    return clock.midnight(day + dt.timedelta(days=1))


def last_day(end: dt.datetime) -> dt.date:
    """The last calendar day before an end: what ends at midnight is promised by the day before."""
    return clock.local_day(end - dt.timedelta(microseconds=1))
