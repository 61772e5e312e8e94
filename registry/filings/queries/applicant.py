"""What is on record of an applicant: its filings, what they were refused for, findings, measures."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from registry.detection.model import Finding
from registry.detection.workflow import FindingState
from registry.filings.model import Decision, Filing, PlantedFiling
from registry.filings.workflow import State
from registry.kernel import clock
from registry.measures.model import Measure, MeasureState, SubjectKind
from registry.store import db
from registry.store.periods import in_force

YEAR = dt.timedelta(days=365)
MOST_RECENT = 5
MOST_DECISIONS = 500
_WITHOUT_BLAME = (FindingState.DISMISSED, FindingState.WITHDRAWN, FindingState.MERGED)


@dataclass(frozen=True, slots=True)
class Record:
    """An applicant's last year: filings by state, the commonest reasons of refusals, the newest filings.

    findings: those that were not dismissed; measures: those in force upon it.
    """

    by_state: dict[str, int]
    refused_for: list[tuple[str, int]]
    recent: list[Filing]
    findings: int
    measures: int


def record_of(enterprise: str, but: Filing) -> Record:
    """What a reviewer sees of an applicant beside one of its filings."""
    mine = sa.and_(
        Filing.applicant == enterprise,
        Filing.id != but.id,
        Filing.submitted_at > clock.now() - YEAR,
        ~sa.exists().where(PlantedFiling.filing_id == Filing.id),
    )
    counted = db.session.execute(sa.select(Filing.state, sa.func.count()).where(mine).group_by(Filing.state))
    recent = sa.select(Filing).where(mine).order_by(Filing.key.desc()).limit(MOST_RECENT)
    return Record(
        by_state={State(state).value: count for state, count in counted},
        refused_for=_reasons(mine),
        recent=list(db.session.scalars(recent)),
        findings=_findings(enterprise),
        measures=_measures(enterprise),
    )


def _reasons(mine: sa.ColumnElement[bool]) -> list[tuple[str, int]]:
    query = sa.select(Decision.reasons).join(Filing).where(mine, Decision.verdict.in_(("return", "reject")))
    counted = Counter[str]()
    for reasons in db.session.scalars(query.order_by(Decision.id.desc()).limit(MOST_DECISIONS)):
        counted.update(each["code"] for each in reasons)
    return counted.most_common(3)


def _findings(enterprise: str) -> int:
    query = sa.select(sa.func.count()).select_from(Finding)
    return db.session.scalar(query.where(Finding.enterprise == enterprise, Finding.state.not_in(_WITHOUT_BLAME))) or 0


def _measures(enterprise: str) -> int:
    upon = sa.and_(Measure.subject_kind == SubjectKind.ENTERPRISE, Measure.subject == enterprise)
    query = sa.select(sa.func.count()).select_from(Measure)
    return db.session.scalar(query.where(upon, Measure.state == MeasureState.IN_FORCE, in_force(Measure))) or 0
