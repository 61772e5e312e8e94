"""What was taken in, over HTTP. Files come in through the command line, where they lie, or from the inbox by name."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.http.schema import Query, page_of
from registry.kernel.paging import Page
from registry.traffic import queries, service
from registry.traffic.model import IngestedFile, IngestJob
from registry.traffic.schemas import DaysOut, DeliveryOut, IngestIn, IngestOut, IngestsOut

blueprint = Blueprint("traffic", __name__, url_prefix="/api/v1", description="What gateways delivered")


@blueprint.read("/traffic/files", "traffic.read", answers=page_of(DeliveryOut), query=Query)
def deliveries(query: dict[str, Any]) -> Page[IngestedFile]:
    """Files that were taken in, the newest first."""
    return queries.ingested(Query.page(query))


@blueprint.read("/traffic/files/<string:key>", "traffic.read", answers=DeliveryOut)
def delivery(key: str) -> IngestedFile:
    """One file, by its SHA-256."""
    return queries.delivery(key)


@blueprint.write("/ingests", "traffic.ingest", takes=IngestIn, answers=IngestsOut, status=202)
def start_ingest(body: dict[str, Any]) -> dict[str, Any]:
    """Have files that lie in the inbox taken in by the worker, each as a job of its own."""
    paths = service.lying(body["files"])
    actor, gateway = current_actor(), body["gateway"]
    return {"items": service.order(actor, paths, default_time=body["default_time"], gateway=gateway)}


@blueprint.read("/ingests", "traffic.read", answers=page_of(IngestOut), query=Query)
def ingests(query: dict[str, Any]) -> Page[IngestJob]:
    """Files that the worker takes in or took, oldest first, and how far they are."""
    return queries.ingests(Query.page(query))


@blueprint.read("/ingests/<string:key>", "traffic.read", answers=IngestOut)
def one_ingest(key: str) -> IngestJob:
    """One of them."""
    return queries.ingest(key)


@blueprint.read("/traffic/days", "traffic.read", answers=DaysOut)
def days() -> dict[str, Any]:
    """Days that have facts, and how many messages."""
    return {"items": [{"day": day, "messages": messages} for day, messages in queries.days()]}
