"""Permits over the API: what was in force then, as it was known then, minus the measures of that time."""

from types import SimpleNamespace
from typing import Any

from registry.http import Blueprint, current_actor
from registry.http.schema import AtQuery
from registry.kernel.paging import Page
from registry.permits import queries
from registry.permits.restraint import Held, held
from registry.permits.schemas import (
    GoverningPermits,
    GoverningQuery,
    PermitHistory,
    PermitPage,
    PermitQuery,
    PermitWhole,
    TemplateList,
    TemplateQuery,
)

blueprint = Blueprint("permits", __name__, url_prefix="/api/v1", description="What may be sent, by whom, from where.")


@blueprint.read("/permits", "registry.read", answers=PermitPage, query=PermitQuery)
def permits(query: dict[str, Any]) -> Page[Held]:
    """Permits, by key."""
    page = queries.listed(current_actor(), PermitQuery.page(query), **query)
    return Page(held(page.items, query["as_of"], query["known_at"]), page.after)


@blueprint.read("/permits/governing", "registry.read", answers=GoverningPermits, query=GoverningQuery)
def governing(query: dict[str, Any]) -> dict[str, list[Held]]:
    """The permits that apply to a signature on a port, the governing one first; a company sees those of its own."""
    rows = queries.governing(actor=current_actor(), **query)
    return {"items": held(rows, query["as_of"], query["known_at"])}


@blueprint.read("/permits/<string:key>", "registry.read", answers=PermitWhole, query=AtQuery)
def permit(key: str, query: dict[str, Any]) -> Held:
    """One permit, with its beneficiaries."""
    row = held([queries.one(current_actor(), key, **query)], **query)[0]
    row.beneficiaries = queries.beneficiaries(key, **query)
    return row


@blueprint.read("/permits/<string:key>/history", "registry.read", answers=PermitHistory)
def history(key: str) -> dict[str, Any]:
    """Every version of a permit that was ever recorded, with both clocks."""
    queries.one(current_actor(), key)
    return {"items": queries.history(key)}


@blueprint.read("/permits/<string:key>/templates", "registry.read", answers=TemplateList, query=TemplateQuery)
def templates(key: str, query: dict[str, Any]) -> dict[str, Any]:
    """The texts filed for a permit; with `text`, whether a message has the shape of one."""
    text = query.pop("text")
    found = queries.held_against(current_actor(), key, text, **query)
    items = [SimpleNamespace(row=row, variables=held) for row, held in found]
    return {"items": items, "matches": any(held is not None for _, held in found) if text else None}
