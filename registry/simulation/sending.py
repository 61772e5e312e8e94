"""What is sent in a made world: steady streams of messages, and the incidents that some of them make up."""

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import IntEnum

from registry.law.calendar import spring_festival
from registry.simulation.rows import Row

FOREVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
FESTIVE = 1.6  # how much marketing rises before shopping festivals
AWAY_RISE = 1.8  # how many more recipients are away from home on travel days
PROMOTION, TRAVEL = range(-21, 0), range(-10, 9)  # days from the Spring Festival
EVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Place(IntEnum):
    """Where a text carries its signature."""

    START = 0
    END = 1
    TITLE_FIRST = 2
    HALF_WIDTH = 3
    ABSENT = 4


class Hours(IntEnum):
    """When in the day a stream sends."""

    ROUND_THE_CLOCK = 0
    OFFICE = 1
    MARKETING = 2
    NIGHT = 3
    SPILL = 4


@dataclass(slots=True, kw_only=True)
class Sending:
    """One stream: this signature on this port by this submitter, so many messages a day (a mean) between two times.

    `theme` and `category` choose the texts; `provinces` are the recipients' homes but for the share `away`; `rise` is
    the factor by which the daily mean grows over the days of records; `story` names the room that made it; `incident`
    is empty where nobody cheats.
    """

    port: str
    signature: str
    submitter: str
    gateway: str
    category: str
    theme: str
    daily: float
    story: str
    agent: str = ""
    permit: str = ""
    brand: str = ""
    link: str = ""
    contact: str = ""
    provinces: tuple[str, ...] = ()
    away: float = 0.03
    hours: Hours = Hours.OFFICE
    place: Place = Place.START
    opt_out: str = ""
    title: str = ""
    declared: str = ""
    first_at: dt.datetime = EVER
    last_at: dt.datetime = FOREVER
    rise: float = 1.0
    festive: bool = False
    incident: str = ""

    def but(self, **changes: object) -> "Sending":
        """The same stream with something changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(slots=True, kw_only=True)
class Incident(Row):
    """One story of cheating, as the ground truth tells it."""

    incident: str
    kind: str
    also_kind: str = ""
    pattern: str
    difficulty: str
    ports: tuple[str, ...]
    signatures: tuple[str, ...]
    enterprise: str
    first_day: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class Way:
    """How a port reaches the network: who holds it, who is declared above the user, which account submits where."""

    port: str
    holder: str
    gateway: str
    submitter: str
    agent: str = ""
    chain: tuple[str, ...] = field(default=())


def is_festive(day: dt.date) -> bool:
    """Whether marketing rises lawfully: before 18 June, Double Eleven and, three weeks long, the Spring Festival."""
    month_day = (day.month, day.day)
    return (6, 10) <= month_day <= (6, 18) or (11, 1) <= month_day <= (11, 11) or _from_festival(day) in PROMOTION


def is_travel(day: dt.date) -> bool:
    """Whether people travel home for the Spring Festival, are there, or return."""
    return _from_festival(day) in TRAVEL


def _from_festival(day: dt.date) -> int:
    return (day - spring_festival(day.year)).days
