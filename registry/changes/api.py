"""The change feed over the API: replicas and companies follow it from the last position they have seen."""

from typing import Any

from registry.changes import queries
from registry.changes.model import Change
from registry.changes.schemas import ChangePage, ChangeQuery
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("changes", __name__, url_prefix="/api/v1", description="What changed, in order.")


@blueprint.read("/changes", "change.read", answers=ChangePage, query=ChangeQuery)
def changes(query: dict[str, Any]) -> Page[Change]:
    """Changes after a position, oldest first. A company sees those that concern it."""
    return queries.after(ChangeQuery.page(query), current_actor().enterprise, **query)
