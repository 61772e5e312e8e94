"""Windows: spans of days that are judged together, and which of them have to be judged again.

Most rules weigh a subject by all its messages in the span, so a day that something late was counted on is judged
again with the days it was judged with: the span of the last run of all rules over it, else its month. Some rules
compare with the days before the span (see `history`): what is counted there late has it judged again, too.
"""

import calendar as months
import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from registry.detection import history
from registry.detection.model import DetectionRun, JudgedDay
from registry.store import db
from registry.traffic import queries as traffic

Window = tuple[dt.date, dt.date]


def by_month(from_day: dt.date, to_day: dt.date) -> list[Window]:
    """These days (both included) cut at the ends of months, by which S307 counts: each can be judged by itself."""
    found: list[Window] = []
    while from_day <= to_day:
        last = min(_end_of_month(from_day), to_day)
        found.append((from_day, last))
        from_day = last + dt.timedelta(days=1)
    return found


def changed() -> dict[Window, list[dt.date]]:
    """Windows that have to be judged again, with the days of each on which something was counted since, in order.

    None of its days: something was counted on days before it with which it was compared.
    """
    versions = traffic.versions()
    judged = {row.day: row for row in db.session.scalars(sa.select(JudgedDay))}
    latest, found = max(versions, default=dt.date.min), dict[Window, list[dt.date]]()
    for day, version in versions.items():
        row = judged.get(day)
        if row is None or row.version != version:
            window = (row.first_day, row.last_day) if row else (day.replace(day=1), min(_end_of_month(day), latest))
            found.setdefault(window, []).append(day)
    before = {first: _before(versions, first) for first in {row.first_day for row in judged.values()}}
    for row in judged.values():
        if row.history != before[row.first_day]:
            found.setdefault((row.first_day, row.last_day), [])
    return dict(sorted(found.items()))


def mark(session: Session, run: DetectionRun, versions: dict[dt.date, int]) -> None:
    """All rules were held against the run's days as they were at these versions, and compared with those before."""
    common = {"first_day": run.from_day, "last_day": run.to_day, "run": run.key}
    common["history"] = _before(versions, run.from_day)
    for day in (each for each in versions if each >= run.from_day):
        values = common | {"version": versions[day]}
        row = insert(JudgedDay).values(day=day, **values)
        session.execute(row.on_conflict_do_update(index_elements=["day"], set_=values))


def versions(from_day: dt.date, to_day: dt.date) -> dict[dt.date, int]:
    """How often something was counted on each day that a run over these days reads, also before them."""
    return traffic.versions(history.first_day(from_day), to_day)


def _before(counted: dict[dt.date, int], first: dt.date) -> int:
    """Versions only grow: their sum says whether anything was counted on any of the days before a window."""
    begin = history.first_day(first)
    return sum(version for day, version in counted.items() if begin <= day < first)


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])
