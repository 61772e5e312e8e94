"""All that the page of one filing shows, so that whoever decides does so from one page."""

from dataclasses import dataclass

from registry.audit.model import AuditEvent
from registry.filings.content import Content, from_bag
from registry.filings.model import Filing
from registry.filings.needs_two import CONDITIONS, Condition
from registry.filings.queries.filings import find, history, on_same_port, possible
from registry.filings.queries.queue import Place, place
from registry.filings.reasons import CodedReason
from registry.filings.reasons import possible as possible_reasons
from registry.kernel.actor import Actor
from registry.papers.model import Paper
from registry.papers.queries import of_keys as papers_of
from registry.permits.model import Permit


@dataclass(frozen=True, slots=True)
class FilingPage:
    """Its form filled, papers, trail, what else its port carries, its place, possible actions and reasons."""

    filing: Filing
    content: Content
    papers: list[Paper]
    history: list[AuditEvent]
    beside: list[Permit]
    actions: list[str]
    second_because: list[Condition]
    place: Place
    reasons: list[CodedReason]


def page(actor: Actor, key: str) -> FilingPage:
    """What a filing's page shows; companies see neither the trail nor what else the port carries. Raises NotFound."""
    filing = find(actor, key)
    stands = place(actor, key)
    actions = [action for action in possible(filing, actor) if action != "urge" or stands.may_urge]
    return FilingPage(
        filing=filing,
        content=from_bag(filing.kind, filing.content),
        papers=papers_of(filing.papers),
        history=[] if actor.is_company else history(filing),
        beside=[] if actor.is_company else on_same_port(filing),
        actions=actions,
        second_because=[row for row in CONDITIONS if row.code in filing.needs_two],
        place=stands,
        reasons=possible_reasons(filing.content),
    )
