"""What is reported of one permit at one place."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reported:
    """The state of a permit at a place, since when (now where not said), and the place's own code."""

    permit: str
    state: str
    code: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a reported row, and the state that holds now (empty where the permit is unknown)."""

    permit: str
    outcome: str
    state: str
