"""All that the page of one filing shows, so that whoever decides does so from one page."""

from dataclasses import dataclass

from registry.audit.model import AuditEvent
from registry.filings import chain as drawing
from registry.filings.content import Content, from_bag
from registry.filings.effect import Effect
from registry.filings.model import Filing
from registry.filings.needs_two import CONDITIONS, Condition
from registry.filings.queries.applicant import Record, record_of
from registry.filings.queries.entries import rests_on
from registry.filings.queries.filings import find, history, on_same_port, possible
from registry.filings.queries.gathering import gather
from registry.filings.queries.queue import Place, place
from registry.filings.queries.replay import effect
from registry.filings.queries.reviewing import Planted, is_planted, planted
from registry.filings.reasons import CodedReason
from registry.filings.reasons import possible as possible_reasons
from registry.filings.view import Lookalike
from registry.filings.workflow import TO_WORK
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.papers.model import Paper
from registry.papers.queries import of_keys as papers_of
from registry.permits.model import Permit


@dataclass(frozen=True, slots=True)
class Review:
    """What only whoever decides is shown: the trail, what else the port carries, and what the registry knows around it.

    nearest: registered names of others that are most like the signature; effect: while it waits for a decision;
    planted: for supervisors, where it is.
    """

    history: list[AuditEvent]
    beside: list[Permit]
    nearest: tuple[Lookalike, ...]
    chain: tuple[drawing.Step, ...]
    applicant: Record
    effect: Effect | None
    planted: Planted | None


@dataclass(frozen=True, slots=True)
class FilingPage:
    """Its form filled, papers, its place, possible actions and reasons; for staff the review beside it."""

    filing: Filing
    content: Content
    papers: list[Paper]
    actions: list[str]
    second_because: list[Condition]
    place: Place
    reasons: list[CodedReason]
    review: Review | None


def page(actor: Actor, key: str) -> FilingPage:
    """What a filing's page shows; companies see nothing of the review. Raises NotFound."""
    filing = find(actor, key)
    stands, content = place(actor, key), from_bag(filing.kind, filing.content)
    actions = [action for action in possible(filing, actor) if action != "urge" or stands.may_urge]
    return FilingPage(
        filing=filing,
        content=content,
        papers=papers_of([*filing.papers, *filing.relied_on]),
        actions=actions,
        second_because=[row for row in CONDITIONS if row.code in filing.needs_two],
        place=stands,
        reasons=possible_reasons(filing.content),
        review=None if actor.is_company else _review(actor, filing, content),
    )


def _review(actor: Actor, filing: Filing, content: Content) -> Review:
    based = rests_on(content, clock.now())
    asked, row = based or (content, None)
    view = gather(asked, filing.applicant, clock.now(), papers=[*filing.papers, *filing.relied_on], itself=row)
    return Review(
        history=_trail(filing),
        planted=planted(actor, filing.key),
        beside=on_same_port(filing),
        nearest=view.lookalikes or (),
        chain=drawing.chain(asked, view),
        applicant=record_of(filing.applicant, filing),
        effect=effect(actor, filing.key) if filing.state in TO_WORK else None,
    )


def _trail(filing: Filing) -> list[AuditEvent]:
    """What was done to it; of a planted one the beginning is told as that of any other, or it would stand out."""
    events = history(filing)
    if not is_planted(filing):
        return events
    begun = (("filing.drafted", filing.created_at), ("filing.submit", filing.submitted_at))
    return [*(AuditEvent(at=at, actor=filing.filed_by, action=action, reason="") for action, at in begun), *events]
