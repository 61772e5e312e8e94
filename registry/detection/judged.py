"""Windows: spans of days that are judged together, and which of them have to be judged again.

Most rules weigh a subject by all its messages in the span, so a day that something late was counted on is judged
again with the days it was judged with: the span of the last run of all rules over it, else its month.
"""

import calendar as months
import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

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
    """Windows that have to be judged again, with the days of each on which something was counted since, in order."""
    versions = traffic.versions()
    judged = {row.day: row for row in db.session.scalars(sa.select(JudgedDay))}
    latest, found = max(versions, default=dt.date.min), dict[Window, list[dt.date]]()
    for day, version in versions.items():
        row = judged.get(day)
        if row is None or row.version != version:
            window = (row.first_day, row.last_day) if row else (day.replace(day=1), min(_end_of_month(day), latest))
            found.setdefault(window, []).append(day)
    return dict(sorted(found.items()))


def mark(session: Session, run: DetectionRun, versions: dict[dt.date, int]) -> None:
    """All rules were held against the run's days as they were at these versions."""
    for day, version in versions.items():
        values = {"version": version, "first_day": run.from_day, "last_day": run.to_day, "run": run.key}
        row = insert(JudgedDay).values(day=day, **values)
        session.execute(row.on_conflict_do_update(index_elements=["day"], set_=values))


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])
