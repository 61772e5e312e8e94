"""How the reviewing itself is measured: `/api/v1/planted-filings`, `/api/v1/reviewer-figures`. For supervisors."""

import datetime as dt
from typing import Any

from registry.filings import queries, service
from registry.filings.queries.reviewing import Planted
from registry.filings.reviewing_schemas import (
    FigureList,
    FiguresQuery,
    PlantedOut,
    PlantedPage,
    PlantedQuery,
    PlantIn,
)
from registry.http import Blueprint, current_actor
from registry.kernel import clock
from registry.kernel.paging import Page

blueprint = Blueprint("reviewing", __name__, url_prefix="/api/v1", description="How well filings are reviewed.")
USUAL = dt.timedelta(days=90)


@blueprint.write("/planted-filings", "filing.plant", takes=PlantIn, answers=PlantedOut, status=201)
def plant(body: dict[str, Any]) -> Planted | None:
    """Plant a filing that is known to be bad; it never takes effect, whatever is decided."""
    filing = service.plant(current_actor(), **body)
    return queries.planted(current_actor(), filing.key)


@blueprint.read("/planted-filings", "filing.plant", answers=PlantedPage, query=PlantedQuery)
def planted(query: dict[str, Any]) -> Page[Planted]:
    """Planted filings, and what became of them."""
    return queries.all_planted(PlantedQuery.page(query))


@blueprint.read("/reviewer-figures", "reviewing.read", answers=FigureList, query=FiguresQuery)
def figures(query: dict[str, Any]) -> dict[str, Any]:
    """Each reviewer's decisions of a span of time (the last 90 days where not said)."""
    until = query["until"] or clock.now()
    return {"items": queries.figures(query["since"] or until - USUAL, until)}
