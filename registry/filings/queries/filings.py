"""Reading filings: a company sees its own and those it is asked to accept, staff see all that were handed in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.audit.queries import history as audit_history
from registry.filings.content import from_bag, number_of
from registry.filings.model import CheckedFiling, Filing, PlantedFiling
from registry.filings.outcome import WAITS
from registry.filings.queries.near import rows_of_each
from registry.filings.workflow import MACHINE, OPEN
from registry.kernel import clock
from registry.kernel.actor import Actor, ActorKind
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.permits.model import Permit
from registry.permits.queries import applying_to
from registry.ports.prefix import is_valid
from registry.store import db
from registry.store.lists import page_of_keys
from registry.store.periods import in_force


def find(actor: Actor, key: str, *, lock: bool = False) -> Filing:
    """One filing. Raises NotFound, also for a filing that is none of the actor's business."""
    query = visible(actor).where(Filing.key == key)
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


def of_references(applicant: str, references: Iterable[str]) -> dict[str, str]:
    """The keys of the filings that an applicant filed under these references, by reference."""
    found = rows_of_each(  # each by the unique index: however many the applicant has filed
        ((each,) for each in references),
        lambda asked: sa.and_(Filing.applicant == applicant, Filing.reference_id == asked[0]),
        (Filing.reference_id, Filing.key),
        Filing.reference_id,
        1,
    )
    return {key: filing for rows in found.values() for *_asked, key, filing in rows}


def listed(actor: Actor, request: PageRequest, *, late: bool = False, **filters: str) -> Page[Filing]:
    """Filings by key, which is by age: of a state, kind, applicant, reference, priority, office, reviewer; or late."""
    query = visible(actor).filter_by(**{name: value for name, value in filters.items() if value})
    query = query.where(Filing.due_at < clock.now(), Filing.state.in_(OPEN)) if late else query
    return page_of_keys(query, Filing.key, request)


def papers_of(keys: Iterable[str]) -> dict[str, list[str]]:
    """The papers that came with each of these filings, by their keys."""
    query = sa.select(Filing.key, Filing.papers).where(Filing.key.in_(list(keys)))
    return {key: list(papers) for key, papers in db.session.execute(query)}


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
class Act:
    """What was last done to a filing, by whom and when."""

    by: str
    action: str
    at: dt.datetime


def last_act(actor: Actor, filing: Filing) -> Act | None:
    """The last thing that was done to a filing; a company is not told which reviewer it was."""
    query = sa.select(AuditEvent).where(AuditEvent.subject_kind == "filing", AuditEvent.subject_key == filing.key)
    event = db.session.scalar(query.order_by(AuditEvent.number.desc()).limit(1))
    if filing.entry_key and (opened := history(filing)):
        event = opened[-1]
    if event is None:
        return None
    staff = actor.is_company and event.actor_kind != ActorKind.COMPANY
    return Act("a reviewer" if staff else event.actor, event.action, event.at)


def visible(actor: Actor) -> sa.Select[Filing]:
    """A company's own filings and those it was asked to accept; for staff what was handed in to their office."""
    query = sa.select(Filing)
    if actor.may("*"):
        return query
    if not actor.is_company:
        query = query.where(Filing.submitted_at.is_not(None))
        return query.where(Filing.office.in_(actor.offices)) if actor.offices else query
    proposed = sa.and_(Filing.counterparty == actor.enterprise, Filing.submitted_at.is_not(None))
    genuine = ~sa.exists().where(PlantedFiling.filing_id == Filing.id)
    return query.where(sa.or_(Filing.applicant == actor.enterprise, proposed), genuine)


def lookalikes_wait() -> sa.ColumnElement[bool]:
    """Whether a filing came in a file and nobody has looked for its lookalikes yet."""
    waits = CheckedFiling.said.contains([{"evidence": {WAITS: True}}])
    return sa.exists().where(CheckedFiling.filing_id == Filing.id, waits)
