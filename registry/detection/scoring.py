"""A case's score as a sum of named terms. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from registry.detection import stories
from registry.detection.stories import Told
from registry.detection.weights import MOST_SCORE, OTHERWISE

CAP = "cap"
"""The name of the term that takes off what is over the highest score."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one rule adds: its points, the weight they come from, and how many findings it has in the case."""

    name: str
    points: int
    weight: int
    findings: int

    def as_json(self) -> dict[str, Any]:
        """By the names of its fields."""
        return asdict(self)


def terms(story: Sequence[Told], weights: Mapping[str, int]) -> list[Term]:
    """The terms of a story, heaviest first; their points add up to its score."""
    found = list(_terms(story, weights))
    over = sum(term.points for term in found) - MOST_SCORE
    return [*found, Term(CAP, -over, MOST_SCORE, 0)] if over > 0 else found


def _terms(story: Sequence[Told], weights: Mapping[str, int]) -> Iterator[Term]:
    by_weight = sorted(stories.points(story, weights).items(), key=lambda each: (-each[1], each[0]))
    for rule, points in by_weight:
        count = sum(1 for finding in story if finding.rule == rule)
        yield Term(rule, points, weights.get(rule, OTHERWISE), count)
