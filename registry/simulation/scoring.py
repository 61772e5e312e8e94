"""Cases held against the ground truth of a made world, as the file formats say: what was found, what was false."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = ("sublet", "scope_expansion", "impersonation")
GREY = "grey"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Incidents with the case that found each (None: missed), grey ones left out; and the cases by what became of them.

    `surplus` are further cases of what was found, and cases of grey incidents: they count for neither side.
    """

    found: tuple[tuple[Row, Row | None], ...]
    credited: tuple[Row, ...]
    surplus: tuple[Row, ...]
    false: tuple[Row, ...]

    @property
    def recall(self) -> float:
        """The share of incidents found; one where there is none."""
        return ratio(sum(case is not None for _incident, case in self.found), len(self.found))

    @property
    def precision(self) -> float:
        """The share of the cases that count which are right; one where there is none."""
        return ratio(len(self.credited), len(self.credited) + len(self.false))


def ratio(part: int, whole: int) -> float:
    """A share; one of nothing, where nothing could be missed."""
    return part / whole if whole else 1.0


def rows(file: Path) -> list[Row]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def score(truth: Sequence[Row], cases: Sequence[Row]) -> Score:
    """Hold cases of the three kinds against the incidents: each to at most one, as many as can be."""
    judged = [case for case in cases if case["kind"] in KINDS]
    met = [[place for place, incident in enumerate(truth) if matches(case, incident)] for case in judged]
    sound = [[place for place in places if truth[place]["difficulty"] != GREY] for places in met]
    case_of = _credited(sound)
    told = [place for place, incident in enumerate(truth) if incident["difficulty"] != GREY]
    return Score(
        tuple((truth[place], judged[case_of[place]] if place in case_of else None) for place in told),
        tuple(judged[number] for number in case_of.values()),
        tuple(case for number, case in enumerate(judged) if met[number] and number not in case_of.values()),
        tuple(case for number, case in enumerate(judged) if not met[number]),
    )


def matches(case: Row, incident: Row) -> bool:
    """Whether kind, days and at least half of the case's ports are the incident's; a longer number is its too."""
    if case["kind"] not in (incident["kind"], incident["also_kind"]):
        return False
    if incident["first_day"] > case["last_day"] or case["first_day"] > incident["last_day"]:
        return False
    seen, meant = set(_listed(case["ports"])), tuple(_listed(incident["ports"]))
    return bool(seen) and 2 * sum(port.startswith(meant) for port in seen) >= len(seen)


def _listed(text: str) -> Iterator[str]:
    return (part for part in text.split("|") if part)


def _credited(options: Sequence[Sequence[int]]) -> dict[int, int]:
    """The case of each incident that is found: a largest matching, by augmenting paths."""
    case_of: dict[int, int] = {}

    def placed(case: int, tried: set[int]) -> bool:
        for incident in options[case]:
            if incident in tried:
                continue
            tried.add(incident)
            if incident not in case_of or placed(case_of[incident], tried):
                case_of[incident] = case
                return True
        return False

    for case in range(len(options)):
        placed(case, set())
    return case_of
