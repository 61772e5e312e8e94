"""Gathering findings into cases: a case is what one story of findings tells.

A run moves what nobody has worked. A finding that staff put into its case stays there (`held`), and so does one whose
case is being worked: what is new joins the story where it is worked, or opens a case that follows the one that is done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from registry.detection import stories
from registry.detection.counting import messages_by_day
from registry.detection.kinds import CaseState
from registry.detection.model import Case, Finding
from registry.detection.scoring import terms
from registry.detection.workflow import LEFT_OUT
from registry.kernel import clock
from registry.store.columns import new_key

AT_ONCE = 500
GROWING = (CaseState.OPEN, CaseState.IN_WORK)
"""States of cases that take in what is new."""


@dataclass(slots=True)
class Gathered:
    """What a gathering did to cases: keys; `merged` says into which."""

    opened: list[str] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)


def gather(session: Session, weights: Mapping[str, int]) -> Gathered:
    """Put every finding into its case, and say anew what each case holds. Cases keep their keys."""
    alone(session)
    findings = session.scalars(
        sa.select(Finding)
        .where(Finding.state.not_in(LEFT_OUT))
        .options(selectinload(Finding.case_row))
        .order_by(Finding.key)
    ).all()
    gathered, taken = Gathered(), set[str]()
    left: dict[str, str] = {}
    with session.no_autoflush:  # a new case is whole only when it is described
        for story in stories.stories(findings):
            _settle(session, story, taken, left, gathered)
        _describe_all(session, findings, weights)
    session.flush()
    _leave(session, left, gathered)
    return gathered


def alone(session: Session) -> None:
    """Findings are recorded and put into cases by one at a time, until the commit."""
    session.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('detection.record'))"))


def _settle(session: Session, story: list[Finding], taken: set[str], left: dict[str, str], gathered: Gathered) -> None:
    """Free findings of a story move together; `left` says of each case they leave into which they went."""
    free = [each for each in story if not _stays(each)]
    if not free:
        return
    case = _home(story, free, taken)
    if case is None:
        case = _new(story)
        session.add(case)
        gathered.opened.append(case.key)
    taken.add(case.key)
    for finding in free:
        if finding.case_row is not None and finding.case_row is not case:
            left[finding.case_row.key] = case.key
        finding.case_row = case


def _stays(finding: Finding) -> bool:
    return finding.case_row is not None and (finding.held or finding.case_row.state is not CaseState.OPEN)


def _home(story: list[Finding], free: list[Finding], taken: set[str]) -> Case | None:
    """The oldest case of the free findings that no other story has taken, else one where the story is worked."""
    own = {each.case_row.key: each.case_row for each in free if each.case_row and each.case_row.key not in taken}
    worked = {each.case_row.key: each.case_row for each in story if each.case_row and each.case_row.state in GROWING}
    worked = {key: case for key, case in worked.items() if any(_stays(each) for each in story if each.case_row is case)}
    found = own or worked
    return found[min(found)] if found else None


def _new(story: list[Finding]) -> Case:
    done = [each.case_row.key for each in story if each.case_row and each.case_row.state not in GROWING]
    return Case(
        key=new_key("CAS"), state=CaseState.OPEN, follows=max(done, default=""), opened_at=clock.now(), version=1
    )


def _describe_all(session: Session, findings: Sequence[Finding], weights: Mapping[str, int]) -> None:
    """Some cases at a time: the evidence of all of them need not fit into memory."""
    stories_of: dict[Case, list[Finding]] = {}
    for finding in findings:
        if finding.case_row is not None and finding.case_row.state is not CaseState.CLOSED:
            stories_of.setdefault(finding.case_row, []).append(finding)
    told = list(stories_of.items())
    for start in range(0, len(told), AT_ONCE):
        some = told[start : start + AT_ONCE]
        keys = [finding.id for _case, story in some for finding in story]
        read = sa.select(Finding).where(Finding.id.in_(keys)).options(selectinload(Finding.evidence))
        kept = session.scalars(read).all()
        for case, story in some:
            describe(case, story, weights)
        for finding in kept:
            session.expire(finding, ["evidence"])


def describe(case: Case, story: Sequence[Finding], weights: Mapping[str, int]) -> None:
    """Say of a case what its findings tell: kind, who answers, where, since when, how much, and its score."""
    largest = max(story, key=lambda finding: finding.messages)
    said = {
        "kind": stories.kind(story, weights),
        "enterprise": largest.enterprise,
        "ports": sorted({finding.port for finding in story}),
        "signatures": sorted({finding.signature for finding in story if finding.signature}),
        "score": stories.score(story, weights),
        "terms": [term.as_json() for term in terms(story, weights)],
        "first_day": min(finding.first_day for finding in story),
        "last_day": max(finding.last_day for finding in story),
        "messages": sum(messages_by_day(story).values()),
    }
    for name, value in said.items():
        if getattr(case, name) != value:  # what stays as it is makes no new version
            setattr(case, name, value)


def _leave(session: Session, left: Mapping[str, str], gathered: Gathered) -> None:
    """Cases that nobody worked and whose findings are gone: into the case that took them, or withdrawn."""
    still = sa.exists().where(Finding.case_id == Case.id, Finding.state.not_in(LEFT_OUT))
    for case in session.scalars(sa.select(Case).where(Case.state == CaseState.OPEN, ~still)):
        case.merged_into = left.get(case.key, "")
        case.state = CaseState.MERGED if case.merged_into else CaseState.WITHDRAWN
        if case.merged_into:
            gathered.merged[case.key] = case.merged_into
        else:
            gathered.withdrawn.append(case.key)
    session.flush()
