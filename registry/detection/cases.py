"""Gathering findings into cases: a case is what one story of findings tells."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from registry.detection import stories
from registry.detection.model import Case, Finding
from registry.detection.workflow import FindingState
from registry.store.columns import new_key

LEFT_OUT = (FindingState.WITHDRAWN, FindingState.MERGED)


def gather(session: Session) -> None:
    """Put every finding into its case, and say anew what each case holds. Cases keep their keys."""
    findings = session.scalars(
        sa.select(Finding)
        .where(Finding.state.not_in(LEFT_OUT))
        .options(selectinload(Finding.case_row))
        .order_by(Finding.key)
    ).all()
    taken: set[str] = set()
    for story in stories.stories(findings):
        taken.add(_settle(session, story, taken))
    session.flush()
    _drop_empty(session)


def _settle(session: Session, story: list[Finding], taken: set[str]) -> str:
    """The oldest case of these findings that no other story has taken becomes theirs, or a new one: its key."""
    cases = {each.case_row.key: each.case_row for each in story if each.case_row and each.case_row.key not in taken}
    case = cases[min(cases)] if cases else Case(key=new_key("CAS"))
    for finding in story:
        finding.case_row = case
    _describe(case, story)
    session.add(case)
    return case.key


def _describe(case: Case, story: list[Finding]) -> None:
    largest = max(story, key=lambda finding: finding.messages)
    case.kind, case.enterprise = stories.kind(story), largest.enterprise
    case.ports = sorted({finding.port for finding in story})
    case.signatures = sorted({finding.signature for finding in story if finding.signature})
    case.score = stories.score(story)
    case.first_day = min(finding.first_day for finding in story)
    case.last_day = max(finding.last_day for finding in story)
    case.messages = sum(finding.messages for finding in story)


def _drop_empty(session: Session) -> None:
    empty = sa.select(Case).where(~sa.exists().where(Finding.case_id == Case.id))
    for case in session.scalars(empty):
        session.delete(case)
