"""Which findings are one story, what kind of story it is and how much it weighs. Pure."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from registry.detection.kinds import CaseKind
from registry.detection.weights import LEAST_POINTS, MOST_SCORE, OTHERWISE, WEIGHTS


class Told(Protocol):
    """What a finding tells of itself."""

    rule: str
    subject: str
    kind: CaseKind
    port: str
    enterprise: str
    tenant: str
    affiliated: bool


F = TypeVar("F", bound=Told)

CHEATS = (CaseKind.SUBLET, CaseKind.SCOPE_EXPANSION, CaseKind.IMPERSONATION)
OF_WHOM = ("S1", "S2")
"""Rules about who sends on a number; the others are about what a permitted signature does there."""

OF_TENANTS = ("S202", "S203")
"""Rules whose tenant rents: on whatever numbers of one holder it is seen, it is one story."""


def stories(findings: Sequence[F]) -> list[list[F]]:
    """Groups of findings that are connected.

    On one number what strangers do is one story, and what each permitted signature does is one; a tenant on several
    numbers of one holder is one story, and so is what a rule has found to hang together (`cluster`).
    """
    root = list(range(len(findings)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    first: dict[tuple[str, ...], int] = {}
    for place, finding in enumerate(findings):
        for link in _links(finding):
            root[find(place)] = find(first.setdefault(link, place))
    groups: dict[int, list[F]] = defaultdict(list)
    for place, finding in enumerate(findings):
        groups[find(place)].append(finding)
    return list(groups.values())


def _links(finding: Told) -> Iterator[tuple[str, ...]]:
    subject = json.loads(finding.subject)
    line = str(subject.get("line") or finding.port)
    who = "strangers" if finding.rule.startswith(OF_WHOM) else str(subject.get("folded", ""))
    yield "line", line, who
    if "cluster" in subject:
        yield "cluster", str(subject["cluster"])
        yield "line", line, "strangers"  # who connects them is a stranger on each number
    if finding.rule in OF_TENANTS and finding.enterprise and finding.tenant:
        yield "parties", finding.enterprise, finding.tenant


def points(story: Iterable[Told], weights: Mapping[str, int] = WEIGHTS) -> dict[str, int]:
    """What each rule adds: its weight, or half of it where all its findings are between affiliated parties."""
    found: dict[str, int] = {}
    for finding in story:
        weight = weights.get(finding.rule, OTHERWISE) // (2 if finding.affiliated else 1)
        found[finding.rule] = max(found.get(finding.rule, 0), weight)
    return found


def score(story: Iterable[Told], weights: Mapping[str, int] = WEIGHTS) -> int:
    """The sum of the points, at most 100."""
    return min(MOST_SCORE, sum(points(story, weights).values()))


def kind(story: Sequence[Told], weights: Mapping[str, int] = WEIGHTS) -> CaseKind:
    """The cheat that most points speak for, if they are enough; else `unregistered` if a finding is, or `other`."""
    of_kind = Counter[CaseKind]()
    for each in CHEATS:
        of_kind[each] = sum(points([one for one in story if one.kind is each], weights).values())
    likeliest, most = of_kind.most_common(1)[0]
    if most >= LEAST_POINTS:
        return likeliest
    return CaseKind.UNREGISTERED if any(one.kind is CaseKind.UNREGISTERED for one in story) else CaseKind.OTHER
