"""Reading filings: a company sees its own and those it is asked to accept, staff see all that were handed in."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.audit.queries import history as audit_history
from registry.filings.content import Content, from_bag, number_of
from registry.filings.model import Filing
from registry.filings.needs_two import CONDITIONS, Condition
from registry.filings.workflow import MACHINE, OPEN, State
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.papers.model import Paper
from registry.papers.queries import of_keys as papers_of
from registry.permits.model import Permit
from registry.permits.queries import applying_to
from registry.ports.prefix import is_valid
from registry.store import db
from registry.store.lists import page_of_keys
from registry.store.periods import in_force

TO_WORK = (State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND)


def find(actor: Actor, key: str, *, lock: bool = False) -> Filing:
    """One filing. Raises NotFound, also for a filing that is none of the actor's business."""
    query = _visible(actor).where(Filing.key == key)
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    row = db.session.scalar(query)
    if row is None:
        raise NotFound("no_such_filing", f"there is no filing {key[:40]}")
    return row


def seen_by(actor: Actor, key: str) -> Filing:
    """One filing, as `find` reads it."""
    return find(actor, key)


def of_reference(applicant: str, reference_id: str) -> Filing | None:
    """The filing that an applicant filed under a reference of its own."""
    return db.session.scalar(sa.select(Filing).filter_by(applicant=applicant, reference_id=reference_id))


def listed(actor: Actor, request: PageRequest, **filters: str) -> Page[Filing]:
    """Filings by key, which is by age: of a state, kind, applicant, reference, priority, reviewer."""
    query = _visible(actor).filter_by(**{name: value for name, value in filters.items() if value})
    return page_of_keys(query, Filing.key, request)


def queue(actor: Actor, limit: int = 100, **filters: str) -> list[Filing]:
    """What waits for a reviewer: by priority, then by age; own claims and second reviews are in it too."""
    query = _visible(actor).where(Filing.state.in_(TO_WORK))
    query = query.filter_by(**{name: value for name, value in filters.items() if value})
    return list(db.session.scalars(query.order_by(Filing.priority, Filing.submitted_at, Filing.id).limit(limit)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many filings wait, by state; how many are late; how many this actor has claimed."""

    by_state: dict[str, int]
    late: int
    mine: int


def waiting(actor: Actor) -> Waiting:
    """What a home page shows of the queue."""
    seen = _visible(actor).where(Filing.state.in_(OPEN)).subquery()
    rows = db.session.execute(sa.select(seen.c.state, sa.func.count()).group_by(seen.c.state)).all()
    late = sa.select(sa.func.count()).select_from(seen).where(seen.c.due_at < clock.now())
    mine = sa.select(sa.func.count()).select_from(seen).where(seen.c.claimed_by == actor.name)
    counts = {State(state).value: count for state, count in rows}
    return Waiting(counts, db.session.scalar(late) or 0, db.session.scalar(mine) or 0)


def possible(filing: Filing, actor: Actor) -> list[str]:
    """What this actor may do with it now: the buttons of its page."""
    return MACHINE.open_to(filing, filing.state, actor)


def history(filing: Filing) -> list[AuditEvent]:
    """Everything that was done to a filing, and the event by which its entry was opened, oldest first."""
    events = audit_history("filing", filing.key)
    if filing.entry_kind and filing.entry_key:
        opened = audit_history(filing.entry_kind, filing.entry_key)
        events += [event for event in opened if ((event.after or {}).get("decision") or {}).get("filing") == filing.key]
    return sorted(events, key=lambda event: event.number)


def on_same_port(filing: Filing, at: dt.datetime | None = None) -> list[Permit]:
    """What else the port of a filing carries: permits in force that apply to its number."""
    number = number_of(from_bag(filing.kind, filing.content))
    if not is_valid(number):
        return []
    query = sa.select(Permit).where(Permit.port.in_(applying_to(number)), in_force(Permit, at))
    return list(db.session.scalars(query.order_by(Permit.signature, Permit.key)))


@dataclass(frozen=True, slots=True)
class FilingPage:
    """All that a filing's page shows: its form filled, papers, trail, what else its port carries, possible actions."""

    filing: Filing
    content: Content
    papers: list[Paper]
    history: list[AuditEvent]
    beside: list[Permit]
    actions: list[str]
    second_because: list[Condition]


def page(actor: Actor, key: str) -> FilingPage:
    """What a filing's page shows; companies see neither the trail nor what else the port carries. Raises NotFound."""
    filing = find(actor, key)
    return FilingPage(
        filing=filing,
        content=from_bag(filing.kind, filing.content),
        papers=papers_of(filing.papers),
        history=[] if actor.is_company else history(filing),
        beside=[] if actor.is_company else on_same_port(filing),
        actions=possible(filing, actor),
        second_because=[row for row in CONDITIONS if row.code in filing.needs_two],
    )


def _visible(actor: Actor) -> sa.Select[Filing]:
    query = sa.select(Filing)
    if actor.may("*"):
        return query
    if not actor.is_company:
        return query.where(Filing.submitted_at.is_not(None))
    proposed = sa.and_(Filing.counterparty == actor.enterprise, Filing.submitted_at.is_not(None))
    return query.where(sa.or_(Filing.applicant == actor.enterprise, proposed))
