"""Until when a complaint is answered. Pure.

Source of the days: the provision `complaints.answer`: its provider answers within so many working days.
"""

import datetime as dt

from registry.kernel.clock import local_day, midnight
from registry.law import provisions
from registry.law.calendar import add_working_days

ANSWER = "complaints.answer"
_DAY = dt.timedelta(days=1)


def answer_by(received_at: dt.datetime) -> dt.date | None:
    """The last day to answer a complaint; None for one that came before anything of the kind was in force."""
    day = local_day(received_at)
    return add_working_days(day, provisions.integer(ANSWER, day)) if day >= _first() else None


def overdue(today: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """What was received in this time, its end excluded, and is not answered is overdue on a day."""
    day = today
    while day >= _first() and add_working_days(day, provisions.integer(ANSWER, day)) >= today:
        day -= _DAY
    return midnight(_first()), midnight(day + _DAY)


def _first() -> dt.date:
    return provisions.PROVISIONS[ANSWER][0].valid_from
