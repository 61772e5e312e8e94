"""Which quarters there are, and which were handed in."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from registry.kernel import clock
from registry.reports import quarter as quarters
from registry.reports.model import CodeReport
from registry.store import db

SHOWN = 8  # quarters


@dataclass(frozen=True, slots=True)
class QuarterState:
    """A quarter, until when its list is due, and whether it was handed in."""

    quarter: str
    due_on: dt.date
    over: bool
    late: bool
    handed_in_at: dt.datetime | None
    handed_in_by: str
    note: str


def states(count: int = SHOWN) -> list[QuarterState]:
    """The present quarter and those before it, the newest first."""
    rows = {row.quarter: row for row in db.session.scalars(sa.select(CodeReport))}
    found, each = [], quarters.of_day(clock.today())
    for _ in range(count):
        found.append(_state(each, rows.get(str(each))))
        each = each.before
    return found


def _state(quarter: quarters.Quarter, row: CodeReport | None) -> QuarterState:
    day = quarters.due(quarter)
    over = quarter.following.first <= clock.today()
    late = over and row is None and clock.today() > day
    if row is None:
        return QuarterState(str(quarter), day, over, late, None, "", "")
    return QuarterState(str(quarter), day, over, late, row.handed_in_at, row.handed_in_by, row.note)
