"""Gathering findings into cases: findings of one kind that share a port, or the parties to it, are one story."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from registry.detection.model import Case, Finding
from registry.detection.workflow import FindingState
from registry.kernel.rule import Severity
from registry.store.columns import new_key

WEIGHTS = {Severity.NOTICE: 1, Severity.LOW: 5, Severity.MEDIUM: 15, Severity.HIGH: 35, Severity.CRITICAL: 60}
"""Points that each rule's worst finding adds to a case's score: a plain sum that staff can read."""

MOST_SCORE = 100
LEFT_OUT = (FindingState.WITHDRAWN, FindingState.MERGED)


def gather(session: Session) -> None:
    """Put every finding into its case, and say anew what each case holds. Cases keep their keys."""
    findings = session.scalars(
        sa.select(Finding)
        .where(Finding.state.not_in(LEFT_OUT))
        .options(selectinload(Finding.case_row))
        .order_by(Finding.key)
    ).all()
    for story in stories(findings):
        _settle(session, story)
    session.flush()
    _drop_empty(session)


def stories(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Groups of findings that are connected: the same kind, and the same port, or the same two parties."""
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
    groups: dict[int, list[Finding]] = defaultdict(list)
    for place, finding in enumerate(findings):
        groups[find(place)].append(finding)
    return list(groups.values())


def _links(finding: Finding) -> Iterable[tuple[str, ...]]:
    yield finding.kind, "port", finding.port
    if finding.enterprise and finding.tenant:
        yield finding.kind, "parties", finding.enterprise, finding.tenant


def _settle(session: Session, story: list[Finding]) -> None:
    cases = sorted({each.case_row for each in story if each.case_row}, key=lambda case: case.key)
    case = cases[0] if cases else Case(key=new_key("CAS"))
    for finding in story:
        finding.case_row = case
    _describe(case, story)
    session.add(case)


def _describe(case: Case, story: list[Finding]) -> None:
    largest = max(story, key=lambda finding: finding.messages)
    case.kind, case.enterprise = largest.kind, largest.enterprise
    case.ports = sorted({finding.port for finding in story})
    case.signatures = sorted({finding.signature for finding in story if finding.signature})
    case.score = score(story)
    case.first_day = min(finding.first_day for finding in story)
    case.last_day = max(finding.last_day for finding in story)
    case.messages = sum(finding.messages for finding in story)


def score(story: Iterable[Finding]) -> int:
    """The sum of the weights of each rule's worst finding, at most 100."""
    worst: dict[str, int] = defaultdict(int)
    for finding in story:
        worst[finding.rule] = max(worst[finding.rule], WEIGHTS[finding.severity])
    return min(MOST_SCORE, sum(worst.values()))


def _drop_empty(session: Session) -> None:
    empty = sa.select(Case).where(~sa.exists().where(Finding.case_id == Case.id))
    for case in session.scalars(empty):
        session.delete(case)
