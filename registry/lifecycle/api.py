"""Life after approval over the API: what ends soon, what lapses, which numbers rest."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page
from registry.lifecycle import idle, queries, service
from registry.lifecycle.idle import Idle
from registry.lifecycle.model import Lapse
from registry.lifecycle.queries import Ending, Rest
from registry.lifecycle.schemas import (
    Endings,
    ExpiringQuery,
    IdlePage,
    IdleQuery,
    LapsePage,
    LapseQuery,
    RestPage,
    RestQuery,
    TakeBackIn,
    TakenBackOut,
)
from registry.ports.model import Port

blueprint = Blueprint("lifecycle", __name__, url_prefix="/api/v1", description="Life after approval.")


@blueprint.read("/expiring", "registry.read", answers=Endings, query=ExpiringQuery)
def expiring(query: dict[str, Any]) -> dict[str, list[Ending]]:
    """What ends within the days of the earliest notice, soonest first."""
    return {"items": queries.ending_for(current_actor(), **query)}


@blueprint.read("/lapses", "registry.read", answers=LapsePage, query=LapseQuery)
def lapses(query: dict[str, Any]) -> Page[Lapse]:
    """Permits under which nothing is sent: warned of, lapsed, used again."""
    return queries.lapses(current_actor(), LapseQuery.page(query), **query)


@blueprint.read("/idle-extensions", "registry.read", answers=IdlePage, query=IdleQuery)
def idle_extensions(query: dict[str, Any]) -> Page[Idle]:
    """Extensions that stay allotted though the last permit on them is over; a company sees its own."""
    return idle.idle(current_actor(), IdleQuery.page(query))


@blueprint.write("/idle-extensions/<string:port>/take-back", "registry.change", takes=TakeBackIn, answers=TakenBackOut)
def take_back(body: dict[str, Any], port: str) -> Port:
    """Take one back: it and the hops on it end, its quarantine begins, everybody concerned is told."""
    return service.take_back(current_actor(), port, body["reason"])


@blueprint.read("/quarantined-ports", "registry.read", answers=RestPage, query=RestQuery)
def quarantined(query: dict[str, Any]) -> Page[Rest]:
    """Extensions that have ended and may not go to another holder yet; a company sees its own."""
    return queries.quarantined(current_actor(), RestQuery.page(query))
