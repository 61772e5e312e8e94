"""Draws from the generator of the room that is being settled."""

import datetime as dt
from typing import Any

import numpy as np

from registry.simulation.settings import Settings


class Chance:
    """Whoever holds settings and a generator can leave things to chance."""

    settings: Settings
    rng: np.random.Generator

    def pick(self, among: list[Any] | tuple[Any, ...]) -> Any:
        """One of these."""
        return among[int(self.rng.integers(len(among)))]

    def some(self, among: list[Any], count: int) -> list[Any]:
        """So many different ones of these, fewer where there are not so many."""
        places = self.rng.permutation(len(among))[:count]
        return [among[place] for place in places]

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return bool(self.rng.random() < share)

    def between(self, least: int, most: int) -> int:
        """A whole number from least to most, both included."""
        return int(self.rng.integers(least, most + 1))

    def before(self, least: int, most: int) -> dt.date:
        """A day so many days before the records begin."""
        return self.settings.start - dt.timedelta(days=self.between(least, most))

    def after(self, least: int, most: int) -> dt.date:
        """A day so many days after the records end."""
        return self.settings.start + dt.timedelta(days=self.settings.days + self.between(least, most))
