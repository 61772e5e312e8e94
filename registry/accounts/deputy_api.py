"""Deputies and offices over the API: `/api/v1/deputies`, `/api/v1/offices`."""

from typing import Any

from registry.accounts import queries, service
from registry.accounts.deputy_schemas import DeputyIn, DeputyOut, DeputyPage, DeputyQuery, OfficeList
from registry.accounts.model import Deputy
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("deputies", __name__, url_prefix="/api/v1", description="Who stands in for whom.")


@blueprint.read("/deputies", "deputy.manage", answers=DeputyPage, query=DeputyQuery)
def deputies(query: dict[str, Any]) -> Page[Deputy]:
    """Who stands in for whom, also what has ended."""
    return queries.deputies(DeputyQuery.page(query))


@blueprint.write("/deputies", "deputy.manage", takes=DeputyIn, answers=DeputyOut, status=201)
def appoint(body: dict[str, Any]) -> Deputy:
    """Let somebody decide in an absent colleague's place, in the own name."""
    return service.appoint(current_actor(), **body)


@blueprint.write("/deputies/<string:key>/end", "deputy.manage", answers=DeputyOut)
def end(key: str) -> Deputy:
    """The colleague is back."""
    return service.end_deputy(current_actor(), key)


@blueprint.read("/offices", "deputy.manage", answers=OfficeList)
def offices() -> dict[str, Any]:
    """Where staff works: headquarters, and the provinces that have an office."""
    return {"items": queries.offices()}
