"""What is decided of an item, who stands in a sample, when a plan is due again: values in, values out."""

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.kernel.standing import Standing
from registry.lookback.kinds import ItemState, Outcome, Weight

_EVERY = re.compile(r"([1-9][0-9]{0,3})([dm])\Z")
MOST_REASONS = 100
NOTHING = Sentence("", "")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item did not pass at once. `source`: check, rule, or facts (what the gateways did not deliver)."""

    source: str
    code: str
    weight: Weight
    sentence: Sentence
    fix: Sentence = NOTHING
    severity: str = Severity.MEDIUM

    def as_json(self) -> dict[str, Any]:
        """The reason as the item keeps it."""
        return {
            "source": self.source,
            "code": self.code,
            "weight": self.weight.value,
            "severity": str(self.severity),
            "zh": self.sentence.zh,
            "en": self.sentence.en,
            "fix_zh": self.fix.zh,
            "fix_en": self.fix.en,
        }


def decide(weights: Iterable[Weight], *, excepted: bool = False) -> ItemState:
    """What becomes of an item by the weights of its reasons: what is known to be wrong counts before what is unknown.

    excepted: staff excepted the same thing before, until a day that has not come.
    """
    weights = frozenset(weights) - {Weight.NOTES}
    if not weights:
        return ItemState.PASSED
    if Weight.REFUSES in weights:
        return ItemState.FAILED
    if excepted:
        return ItemState.EXCEPTED
    return ItemState.NEEDS_ANSWER if Weight.ASKS in weights else ItemState.NOT_CHECKABLE


def outcome_of(state: ItemState) -> Outcome | None:
    """The outcome that a state stands for, None while the run has not come to it. An answer still has to be judged."""
    if state is ItemState.WAITING:
        return None
    return Outcome.NEEDS_ANSWER if state is ItemState.ANSWERED else Outcome(state.value)


def totals(counted: Mapping[ItemState, int]) -> dict[str, int]:
    """Items by outcome, and how many still wait: the parts of `items`, which is their sum."""
    parts = {"waiting": counted.get(ItemState.WAITING, 0)} | dict.fromkeys((each.value for each in Outcome), 0)
    for state, count in counted.items():
        outcome = outcome_of(state)
        if outcome is not None:
            parts[outcome.value] += count
    return {"items": sum(parts.values())} | parts


def sampled(keys: Sequence[str], size: int | None, seed: int) -> frozenset[str]:
    """A random sample that anybody can draw again: the keys with the smallest digests under the seed."""
    if size is None or size >= len(keys):
        return frozenset(keys)
    return frozenset(sorted(keys, key=lambda key: hashlib.sha256(f"{seed}\x1f{key}".encode()).digest())[:size])


_FIRST = (Standing.INHERITED, Standing.PROVISIONAL, Standing.VERIFIED)


def turn(standing: Standing) -> int:
    """In which turn an entry comes: inherited ones first."""
    return _FIRST.index(standing)


def every(text: str) -> tuple[int, str]:
    """How often: `7d` or `12m`. Raises ValueError with a sentence."""
    found = _EVERY.match(text)
    if not found:
        raise ValueError(f"{text[:20]!r} says no interval: write days or months like 7d or 12m")
    return int(found[1]), found[2]


def following(interval: str, day: dt.date) -> dt.date | None:
    """The day on which a plan is due again after it ran on a day; None for a plan that only runs when asked."""
    if not interval:
        return None
    count, unit = every(interval)
    return day + dt.timedelta(days=count) if unit == "d" else _months_later(day, count)


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, dt.MAXYEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def span(to_day: dt.date, days: int) -> tuple[dt.date, dt.date] | None:
    """The days whose facts are judged, both included; None where a plan asks for none."""
    return (to_day - dt.timedelta(days=days - 1), to_day) if days else None


def days_of(first: dt.date, last: dt.date) -> list[str]:
    """Every day from one to another, both included, as it is written."""
    return [(first + dt.timedelta(days=count)).isoformat() for count in range((last - first).days + 1)]
