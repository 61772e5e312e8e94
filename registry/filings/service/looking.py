"""Asking sources outside about a filing: by connectors in the background, or as staff read them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from registry import jobs, settings
from registry.filings import queries
from registry.filings.model import Filing
from registry.filings.queries.outside import asked_of
from registry.filings.service.checking import run_now
from registry.filings.workflow import TO_WORK
from registry.handlers import service as handlers
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.lookups import asking, service
from registry.lookups.kinds import Answer, LookupKind
from registry.lookups.model import Lookup
from registry.papers import service as papers
from registry.papers.model import Paper
from registry.store import db, unit_of_work

TASK = "filings.look_outside"


def look_outside(actor: Actor, key: str) -> Filing:
    """Have every connector asked about a filing; the job asks again even where an answer is on file."""
    actor.require(service.ENTER)
    with unit_of_work():
        filing = queries.find(actor, key)
        jobs.enqueue(TASK, once=f"outside {key}", key=key, anew=True)
    return filing


def begin(filing: Filing) -> None:
    """Inside the commit that hands a filing in: have connectors asked, where any could answer."""
    if settings.current().connectors and any(asking.has_connector(each.kind) for each in asked_of(filing)):
        jobs.enqueue(TASK, key=filing.key, anew=False)


def work(actor: Actor, key: str, *, anew: bool) -> int:
    """Ask what no source has answered yet, then run the checks again; answers how many were asked."""
    filing = queries.find(actor, key)
    wanted = [each for each in asked_of(filing) if asking.has_connector(each.kind)]
    open_ones = [each for each in wanted if anew or each.last is None or each.last.answer is Answer.NOT_REACHABLE]
    db.session.rollback()  # nothing is held open while others are asked
    for each in open_ones:
        told = handlers.for_source(actor, each.subject) if each.kind is LookupKind.REAL_NAME else {}
        service.ask(actor, each.kind, each.subject, each.claim, told)
    if open_ones:
        _check_again(key)
    return len(open_ones)


def told(
    actor: Actor,
    key: str,
    kind: str,
    subject: str,
    answer: str,
    *,
    found: Mapping[str, str],
    source: str,
    reference: str = "",
    digest: str = "",
    note: str = "",
    at: dt.datetime | None = None,
) -> Lookup:
    """What staff read at a source about what a filing claims; the checks run again. Raises NotFound, Invalid."""
    with unit_of_work():
        claims = {(each.kind, each.subject): each.claim for each in asked_of(queries.find(actor, key))}
        if kind not in list(LookupKind) or (LookupKind(kind), subject) not in claims:
            raise NotFound("not_claimed", "this filing claims nothing of the kind")
        said: dict[str, Any] = {"source": source, "reference": reference, "digest": digest, "note": note, "at": at}
        claim = claims[LookupKind(kind), subject]
        row = service.enter(actor, kind, subject, answer, claimed=claim, found=found, **said)
        _check_again(key)
    return row


def read_off(actor: Actor, key: str, name: str, code: str = "") -> Paper:
    """Whose a licence is, as it stands on it; the checks of filings at work that name it run again.

    Raises what `papers.read_off` raises.
    """
    naming = sa.or_(Filing.papers.contains([key]), Filing.relied_on.contains([key]))
    with unit_of_work() as session:
        row = papers.read_off(actor, key, name, code)
        for filing in session.scalars(sa.select(Filing.key).where(naming, Filing.state.in_(TO_WORK))).all():
            _check_again(filing)
    return row


def _check_again(key: str) -> None:
    with unit_of_work() as session:
        filing = session.scalar(sa.select(Filing).filter_by(key=key).with_for_update(of=Filing))
        if filing is not None and filing.state in TO_WORK:
            run_now(filing)
