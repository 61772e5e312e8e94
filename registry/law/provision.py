"""What a provision is: one legal or carrier-set constant with the days on which it counts, and where it comes from."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

Value = int | float | str | tuple[str, ...] | tuple[int, ...]


class Sure(StrEnum):
    """How sure a value is: read in the text itself, in a secondary text, from memory, or chosen here."""

    READ = "read"
    SECONDARY = "secondary"
    MEMORY = "memory"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Provision:
    """A value in force on the days of `[valid_from, valid_until)`; no `valid_until` is open."""

    name: str
    value: Value
    unit: str
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    sure: Sure

    def in_force(self, day: dt.date) -> bool:
        """Whether the value counts on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
