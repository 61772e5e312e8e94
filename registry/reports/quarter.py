"""A quarter of the calendar: its days, the one before it, and until when its report is due. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

from registry.law import provisions

_WRITTEN = re.compile(r"([0-9]{4})Q([1-4])\Z")
_EARLIEST = 2000
_LATEST = 9998


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """`2026Q3`: July to September."""

    year: int
    number: int

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.number * 3 - 2, 1)

    @property
    def following(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)  # noqa: PLR2004

    @property
    def before(self) -> "Quarter":
        """The one before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def due(self, days: int) -> dt.date:
        """The last day on which its report is in time: so many days into the next quarter."""
        return self.following.first + dt.timedelta(days=days - 1)

    def __str__(self) -> str:
        return f"{self.year:04}Q{self.number}"


def due(quarter: Quarter) -> dt.date:
    """The last day on which the list of a quarter is in time, as the provision of the next quarter says."""
    return quarter.due(provisions.integer("ports.quarter_report", quarter.following.first))


def of_day(day: dt.date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def read(text: str) -> Quarter:
    """A quarter as it is written. Raises ValueError with a sentence for people."""
    found = _WRITTEN.match(text.strip().upper())
    if found is None or not _EARLIEST <= int(found[1]) <= _LATEST:
        raise ValueError(f"{text[:20]!r} is no quarter: write it like 2026Q3")
    return Quarter(int(found[1]), int(found[2]))
