"""Lookups over the API: what sources outside said, for staff."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page
from registry.lookups import queries, service
from registry.lookups.model import Lookup
from registry.lookups.schemas import LookupIn, LookupOut, LookupPage, LookupQuery

blueprint = Blueprint("lookups", __name__, url_prefix="/api/v1", description="What sources outside said.")
READ = "lookup.read"


@blueprint.read("/lookups", READ, answers=LookupPage, query=LookupQuery)
def lookups(query: dict[str, Any]) -> Page[Lookup]:
    """Lookups, by age."""
    return queries.listed(LookupQuery.page(query), **query)


@blueprint.read("/lookups/<string:key>", READ, answers=LookupOut)
def lookup(key: str) -> Lookup:
    """One lookup."""
    return queries.one(key)


@blueprint.write("/lookups", service.ENTER, takes=LookupIn, answers=LookupOut, status=201)
def enter(body: dict[str, Any]) -> Lookup:
    """Enter what a source says. Whether it agrees is found out here, now and at every check."""
    return service.enter(current_actor(), **body)
