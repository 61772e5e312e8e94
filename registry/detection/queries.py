"""Reading runs and findings. A company sees findings for which it is held answerable, once it was told."""

import datetime as dt
from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from registry.detection.model import DetectionRun, Evidence, Finding
from registry.detection.workflow import CLOSED, FindingState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys
from registry.traffic import queries as traffic
from registry.traffic.model import FactFile, FactKind

HIDDEN = (FindingState.OPEN, FindingState.WITHDRAWN)
CHUNK = 1000


def finding(actor: Actor, key: str) -> Finding:
    """One finding with its evidence and steps. Raises NotFound, also where it is none of the actor's business."""
    query = _visible(actor).where(Finding.key == key).options(selectinload(Finding.evidence))
    found = db.session.scalar(query.options(selectinload(Finding.steps), selectinload(Finding.case_row)))
    if found is None:
        raise NotFound("no_such_finding", f"there is no finding {key}")
    return found


def findings(
    actor: Actor,
    request: PageRequest,
    *,
    from_day: dt.date | None = None,
    to_day: dt.date | None = None,
    case: str = "",
    overdue: bool = False,
    **filters: str,
) -> Page[Finding]:
    """Findings by their keys (oldest first), by rule, state, severity, kind, port, enterprise, tenant; seen in days."""
    query = _visible(actor).filter_by(**{name: value for name, value in filters.items() if value})
    query = query.options(selectinload(Finding.case_row))
    if case:
        query = query.where(Finding.case_row.has(key=case))
    if overdue:
        query = query.where(Finding.state == FindingState.NOTIFIED, Finding.due_at < clock.now())
    return page_of_keys(_seen(query, from_day, to_day), Finding.key, request)


def of_keys(actor: Actor, keys: Iterable[str]) -> list[Finding]:
    """Those of these findings that the actor sees, oldest first."""
    return list(db.session.scalars(_visible(actor).where(Finding.key.in_(list(keys))).order_by(Finding.key)))


def samples(found: Finding, limit: int = 10) -> list[traffic.Sample]:
    """Messages kept as evidence of what a finding speaks of, decrypted: for staff's eyes."""
    signature = found.signature or None
    return traffic.samples(found.first_day, found.last_day, port=found.port, signature=signature, limit=limit)


def samples_held() -> set[int]:
    """The files of samples that findings still being worked speak of: they outlive the retention limit."""
    open_days = sa.select(Evidence.day).join(Finding, Finding.id == Evidence.finding_id)
    open_days = open_days.where(Finding.state.not_in(CLOSED))
    query = sa.select(FactFile.id).where(FactFile.kind == FactKind.SAMPLE, FactFile.day.in_(open_days))
    return set(db.session.scalars(query))


def every_finding(from_day: dt.date | None = None, to_day: dt.date | None = None) -> Iterator[Finding]:
    """All findings seen in these days, for export, in bounded memory."""
    last = ""
    while True:
        query = _seen(sa.select(Finding), from_day, to_day).where(Finding.key > last)
        rows = db.session.scalars(
            query.options(selectinload(Finding.case_row)).order_by(Finding.key).limit(CHUNK)
        ).all()
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1].key


def run(key: str) -> DetectionRun:
    """One run. Raises NotFound."""
    found = db.session.scalar(sa.select(DetectionRun).filter_by(key=key))
    if found is None:
        raise NotFound("no_such_run", f"there is no detection run {key}")
    return found


def runs(request: PageRequest) -> Page[DetectionRun]:
    """Runs by their keys, oldest first."""
    return page_of_keys(sa.select(DetectionRun), DetectionRun.key, request)


def latest_runs(count: int = 10) -> list[DetectionRun]:
    """The last runs, newest first."""
    return list(db.session.scalars(sa.select(DetectionRun).order_by(DetectionRun.key.desc()).limit(count)))


def waiting(actor: Actor) -> dict[str, int]:
    """How many findings stand in each state, and how many answers are overdue."""
    visible = _visible(actor).subquery()
    rows = db.session.execute(sa.select(visible.c.state, sa.func.count()).group_by(visible.c.state))
    counted = {str(state): count for state, count in rows}
    late = sa.select(sa.func.count()).select_from(visible)
    late = late.where(visible.c.state == FindingState.NOTIFIED, visible.c.due_at < clock.now())
    return counted | {"overdue": db.session.scalar(late) or 0}


def _visible(actor: Actor) -> sa.Select[Finding]:
    query = sa.select(Finding)
    if actor.is_company:
        query = query.where(Finding.enterprise == actor.enterprise, Finding.state.not_in(HIDDEN))
    return query


def _seen(query: sa.Select[Finding], from_day: dt.date | None, to_day: dt.date | None) -> sa.Select[Finding]:
    if from_day:
        query = query.where(Finding.last_day >= from_day)
    if to_day:
        query = query.where(Finding.first_day <= to_day)
    return query
