"""How well filings are reviewed: planted ones caught or missed, rejections overturned on appeal, the time it takes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.accounts.model import Account
from registry.filings.kinds import Stage
from registry.filings.model import Decision, Filing, PlantedFiling
from registry.filings.workflow import State
from registry.kernel.actor import SYSTEM, Actor
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys

_VERDICTS = ("approve", "return", "reject")


@dataclass(frozen=True, slots=True)
class Figures:
    """One reviewer's decisions in a span of time.

    caught, missed: planted filings refused, and those said yes to; appealed: own rejections that were appealed
    against, overturned: those of them that ended approved; median_seconds: from claim to decision, None where unknown.
    """

    reviewer: str
    approved: int
    returned: int
    rejected: int
    caught: int
    missed: int
    appealed: int
    overturned: int
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted filing, and what became of it: waiting, caught or missed."""

    filing: Filing
    by: str
    at: dt.datetime
    flaw: str
    reasons: list[str]
    outcome: str


def is_planted(filing: Filing) -> bool:
    """Whether a supervisor planted it."""
    return bool(db.session.scalar(sa.select(sa.exists().where(PlantedFiling.filing_id == filing.id))))


def planted(actor: Actor, key: str) -> Planted | None:
    """What supervisors see of a filing that is planted; None for others, and for everybody else."""
    if not actor.may("filing.plant"):
        return None
    row = db.session.execute(_planted().where(Filing.key == key)).first()
    return _told(row) if row else None


def all_planted(request: PageRequest) -> Page[Planted]:
    """Planted filings by key, which is by age."""
    query = sa.select(Filing).join(PlantedFiling, PlantedFiling.filing_id == Filing.id)
    page = page_of_keys(query, Filing.key, request)
    query = _planted().where(Filing.key.in_([each.key for each in page.items])).order_by(Filing.key)
    rows = db.session.execute(query.options(sa.orm.selectinload(Filing.decisions)))
    return Page([_told(row) for row in rows], page.after)


def usual_author(applicant: str) -> str:
    """Who filed last for an enterprise; else somebody with a log-in there, else its code."""
    filed = sa.select(Filing.filed_by).where(Filing.applicant == applicant).order_by(Filing.key.desc()).limit(1)
    people = sa.select(Account.email).where(Account.enterprise == applicant).order_by(Account.email).limit(1)
    return db.session.scalar(filed) or db.session.scalar(people) or applicant


def figures(since: dt.datetime, until: dt.datetime) -> list[Figures]:
    """The figures of everybody who decided in `[since, until)`, by name."""
    bad = sa.exists().where(PlantedFiling.filing_id == Decision.filing_id)
    yes, no = Decision.verdict == "approve", Decision.verdict.in_(("return", "reject"))
    against = sa.and_(Decision.verdict == "reject", Filing.appealed_at > Decision.at)
    query = (
        sa.select(
            Decision.by,
            _count(yes, ~bad),
            _count(Decision.verdict == "return", ~bad),
            _count(Decision.verdict == "reject", ~bad),
            _count(no, bad),
            _count(yes, bad),
            _count(against),
            _count(against, Filing.state == State.APPROVED),
            sa.func.percentile_cont(0.5).within_group(sa.func.extract("epoch", Decision.at - Decision.taken_at)),
        )
        .join(Filing, Filing.id == Decision.filing_id)
        .where(Decision.at >= since, Decision.at < until, Decision.verdict.in_(_VERDICTS))
        .where(Decision.stage != Stage.ACCEPTANCE, Decision.by != SYSTEM.name)
    )
    return [Figures(*row) for row in db.session.execute(query.group_by(Decision.by).order_by(Decision.by))]


def _count(*which: sa.ColumnElement[bool]) -> sa.FunctionFilter[int]:
    return sa.func.count().filter(*which)


def _planted() -> Any:
    return sa.select(Filing, PlantedFiling).join(PlantedFiling, PlantedFiling.filing_id == Filing.id)


def _told(row: Any) -> Planted:
    filing, mark = row
    refused = any(each.verdict in ("return", "reject") for each in filing.decisions)
    outcome = "missed" if filing.state is State.APPROVED else "caught" if refused else "waiting"
    return Planted(filing, mark.by, mark.at, mark.flaw, mark.reasons, outcome)
