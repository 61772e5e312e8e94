"""The queue over the API, and what applicants ask about it: `/api/v1/filings/queue`, `/api/v1/filings/{key}/place`."""

from typing import Any

from registry.filings import needs_two, queries, service
from registry.filings.effect import Effect
from registry.filings.model import Filing
from registry.filings.queries.queue import Place
from registry.filings.queue_schemas import (
    AppealIn,
    ConditionTable,
    EffectOut,
    EligibilityList,
    EligibilityQuery,
    PlaceOut,
    QueuePage,
    QueueQuery,
)
from registry.filings.schemas import CommentIn, FilingOut
from registry.http import Blueprint, current_actor
from registry.kernel import clock
from registry.kernel.paging import Page
from registry.papers.model import Paper
from registry.papers.schemas import PaperOut, ReadingIn

blueprint = Blueprint("filing-queue", __name__, url_prefix="/api/v1", description="The queue of filings at work.")


@blueprint.read("/filings/queue", "filing.claim", answers=QueuePage, query=QueueQuery)
def queue(query: dict[str, Any]) -> Page[Filing]:
    """What waits for a reviewer, in the order in which it is worked; late ones, or one's own, where asked for."""
    return queries.queue(current_actor(), QueueQuery.page(query), **query)


@blueprint.write("/filings/next", "filing.claim", answers=FilingOut)
def claim_next() -> Filing:
    """Claim the first of the queue that one may decide on."""
    return service.claim_next(current_actor())


@blueprint.write("/filings/<string:key>/look-outside", "lookup.enter", answers=FilingOut)
def look_outside(key: str) -> Filing:
    """Have the connectors to sources outside asked about a filing; its checks run again when they have answered."""
    return service.look_outside(current_actor(), key)


@blueprint.write("/papers/<string:key>/reading", "paper.read_off", takes=ReadingIn, answers=PaperOut)
def read_off(body: dict[str, Any], key: str) -> Paper:
    """Enter whose a licence is, as it stands on it; the checks of filings at work that name it run again."""
    return service.read_off(current_actor(), key, body["name_on_it"], body["code_on_it"])


@blueprint.read("/filings/conditions", "filing.read", answers=ConditionTable)
def conditions() -> dict[str, Any]:
    """Who decides: the table of conditions for a second reviewer, with the values that are in force today."""
    return {"items": needs_two.table(clock.today())}


@blueprint.read("/filings/eligibility", "filing.read", answers=EligibilityList, query=EligibilityQuery)
def eligibility(query: dict[str, Any]) -> dict[str, Any]:
    """May this enterprise have this category? Asked before anything is filed."""
    return {"items": queries.eligibility(current_actor(), **query)}


@blueprint.read("/filings/<string:key>/place", "filing.read", answers=PlaceOut)
def place(key: str) -> Place:
    """Where a filing stands among those that wait, and until when a decision is promised."""
    return queries.place(current_actor(), key)


@blueprint.read("/filings/<string:key>/effect", "traffic.read", answers=EffectOut)
def effect(key: str) -> Effect:
    """What of the last days' messages would be allowed and what stopped, if a filing were approved."""
    return queries.effect(current_actor(), key)


@blueprint.write("/filings/<string:key>/urge", "filing.submit", takes=CommentIn, answers=FilingOut, decides=True)
def urge(body: dict[str, Any], key: str, version: int) -> Filing:
    """Urge, once a day: it moves forward in the queue."""
    return service.urge(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/appeal", "filing.submit", takes=AppealIn, answers=FilingOut, decides=True)
def appeal(body: dict[str, Any], key: str, version: int) -> Filing:
    """Appeal against a rejection: another reviewer hears it."""
    return service.appeal(current_actor(), key, version=version, **body)
