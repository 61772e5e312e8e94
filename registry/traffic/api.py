"""What was taken in, over HTTP. Files come in through the command line, where they lie."""

from typing import Any

from registry.http import Blueprint
from registry.http.schema import Query, page_of
from registry.kernel.paging import Page
from registry.traffic import queries
from registry.traffic.model import IngestedFile
from registry.traffic.schemas import DaysOut, DeliveryOut

blueprint = Blueprint("traffic", __name__, url_prefix="/api/v1", description="What gateways delivered")


@blueprint.read("/traffic/files", "traffic.read", answers=page_of(DeliveryOut), query=Query)
def deliveries(query: dict[str, Any]) -> Page[IngestedFile]:
    """Files that were taken in, the newest first."""
    return queries.ingested(Query.page(query))


@blueprint.read("/traffic/files/<string:key>", "traffic.read", answers=DeliveryOut)
def delivery(key: str) -> IngestedFile:
    """One file, by its SHA-256."""
    return queries.delivery(key)


@blueprint.read("/traffic/days", "traffic.read", answers=DaysOut)
def days() -> dict[str, Any]:
    """Days that have facts, and how many messages."""
    return {"items": [{"day": day, "messages": messages} for day, messages in queries.days()]}
