"""Life after approval over the API: what ends soon, what lapses, which numbers rest."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page
from registry.lifecycle import queries
from registry.lifecycle.model import Lapse
from registry.lifecycle.queries import Ending, Rest
from registry.lifecycle.schemas import Endings, ExpiringQuery, LapsePage, LapseQuery, RestPage, RestQuery

blueprint = Blueprint("lifecycle", __name__, url_prefix="/api/v1", description="Life after approval.")


@blueprint.read("/expiring", "registry.read", answers=Endings, query=ExpiringQuery)
def expiring(query: dict[str, Any]) -> dict[str, list[Ending]]:
    """What ends within the days of the earliest notice, soonest first."""
    return {"items": queries.ending_for(current_actor(), **query)}


@blueprint.read("/lapses", "registry.read", answers=LapsePage, query=LapseQuery)
def lapses(query: dict[str, Any]) -> Page[Lapse]:
    """Permits under which nothing is sent: warned of, lapsed, used again."""
    return queries.lapses(current_actor(), LapseQuery.page(query), **query)


@blueprint.read("/quarantined-ports", "registry.read", answers=RestPage, query=RestQuery)
def quarantined(query: dict[str, Any]) -> Page[Rest]:
    """Extensions that have ended and may not go to another holder yet; a company sees its own."""
    return queries.quarantined(current_actor(), RestQuery.page(query))
