"""What is due to be erased: a thing, from when its time was counted, and by which provision."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from registry.asks.model import Ask, AskStep
from registry.cases.model import CaseStep
from registry.detection.model import FindingStep
from registry.enterprises.model import Enterprise
from registry.erasures.kinds import Erasable
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries.entries import last_entry
from registry.filings.workflow import State
from registry.handlers.model import Handler
from registry.inquiries.model import Inquiry
from registry.inquiries.workflow import InquiryState
from registry.kernel import clock
from registry.law import provisions
from registry.lifecycle.policy import months_after
from registry.lookback.model import Step
from registry.papers.model import Paper
from registry.signatures.model import Letter
from registry.store import db
from registry.store.periods import known, open_after

PAPERS, HANDLERS, ADDRESSES = "retention.papers", "retention.handlers", "retention.addresses"
AT_ONCE = 500  # of one kind in one round
_WORKED = (State.DRAFT, State.PROPOSED, State.SUBMITTED, State.IN_REVIEW, State.AWAITING_SECOND, State.RETURNED)
_EVIDENCE = (AskStep, CaseStep, FindingStep, Step)
_ANSWERED = (InquiryState.CONFIRMED, InquiryState.DENIED, InquiryState.REVOKED, InquiryState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing whose time is over. `since`: the day on which it was needed last."""

    what: Erasable
    subject: str
    enterprise: str
    since: dt.date
    provision: str


def due() -> Iterator[Due]:
    """Everything that must go now, at most so many of each kind."""
    yield from _papers(_before(PAPERS))
    yield from _handlers(_before(HANDLERS))
    yield from _addresses(_before(ADDRESSES))


def _before(provision: str) -> dt.datetime:
    """What was needed last before this moment is due."""
    today = clock.today()
    return clock.midnight(months_after(today, -provisions.integer(provision, today)))


def _papers(limit: dt.datetime) -> Iterator[Due]:
    """Papers that no filing at work, no entry in force and no evidence needs, nor needed since the limit."""
    query = sa.select(Paper).where(Paper.erased_at.is_(None), Paper.uploaded_at < limit).order_by(Paper.id)
    found, evidence = 0, _evidence()
    for row in db.session.scalars(query).all():
        needed = None if row.key in evidence else _needed_last(row, limit)
        if needed is not None and needed < limit:
            yield Due(Erasable.PAPER, row.key, row.enterprise, clock.local_day(needed), PAPERS)
            found += 1
        if found >= AT_ONCE:
            return


def _needed_last(paper: Paper, limit: dt.datetime) -> dt.datetime | None:
    """When a paper was needed last; None where it still is."""
    either = sa.or_(Filing.papers.contains([paper.key]), Filing.relied_on.contains([paper.key]))
    last = paper.uploaded_at
    for filing in db.session.scalars(sa.select(Filing).where(either)):
        until = _filing_needs(filing, limit)
        if until is None:
            return None
        last = max(last, until)
    return last


def _filing_needs(filing: Filing, limit: dt.datetime) -> dt.datetime | None:
    """Until when a filing needs its papers: while it is worked, and as long as what came of it stands."""
    if filing.state in _WORKED:
        return None
    if not filing.entry_kind or not filing.entry_key:
        return filing.decided_at or filing.submitted_at or filing.created_at
    if filing.entry_kind == Kind.ENTERPRISE:
        return None  # an enterprise does not end, and its licence is what it was let in by
    entry = last_entry(Kind(filing.entry_kind), filing.entry_key, limit)
    return entry.valid_until if entry is not None and entry.valid_until else None


def _evidence() -> set[str]:
    """Keys of papers that an answer, an ask or a case rests on: evidence stays with its case."""
    found = set(db.session.scalars(sa.select(sa.func.unnest(Ask.papers))))
    for step in _EVIDENCE:
        found |= set(db.session.scalars(sa.select(step.content["paper"].astext).where(step.content.has_key("paper"))))
        listed = sa.func.jsonb_array_elements_text(step.content["papers"])
        found |= set(
            db.session.scalars(sa.select(listed).where(sa.func.jsonb_typeof(step.content["papers"]) == "array"))
        )
    return found


def _handlers(limit: dt.datetime) -> Iterator[Due]:
    """Handlers that ended before the limit, and those that no enterprise ever named."""
    named = sa.exists().where(Enterprise.handler == Handler.key)
    over = sa.or_(Handler.ended_at < limit, sa.and_(Handler.made_at < limit, Handler.ended_at.is_(None), ~named))
    query = sa.select(Handler).where(Handler.erased_at.is_(None), over).order_by(Handler.id).limit(AT_ONCE)
    for row in db.session.scalars(query).all():
        since = clock.local_day(row.ended_at or row.made_at)
        yield Due(Erasable.HANDLER, row.key, row.enterprise, since, HANDLERS)


def _addresses(limit: dt.datetime) -> Iterator[Due]:
    """Addresses of owners that were answered, denied or over before the limit, and whose letter stands no more."""
    standing = sa.exists().where(Letter.key == Inquiry.letter, known(Letter), open_after(Letter, limit))
    last = sa.func.coalesce(Inquiry.answered_at, Inquiry.over_at, Inquiry.expires_at, Inquiry.made_at)
    query = sa.select(Inquiry, last).where(
        Inquiry.sealed != "", Inquiry.state.in_(_ANSWERED), last < limit, sa.or_(Inquiry.letter.is_(None), ~standing)
    )
    for row, at in db.session.execute(query.order_by(Inquiry.id).limit(AT_ONCE)).all():
        yield Due(Erasable.OWNER_ADDRESS, row.key, row.owner, clock.local_day(at), ADDRESSES)


def counted(rows: Iterable[Due]) -> dict[str, int]:
    """How many of each kind."""
    found = dict.fromkeys((each.value for each in Erasable if each is not Erasable.MESSAGES), 0)
    for row in rows:
        found[row.what.value] += 1
    return found
