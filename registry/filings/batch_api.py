"""Batches of decisions over the API: `/api/v1/decision-batches`. For reviewers."""

from typing import Any

from registry.filings.batch import queries, service
from registry.filings.batch.model import DecisionBatch
from registry.filings.batch_schemas import BatchIn, BatchOut, LookIn
from registry.filings.schemas import CommentIn
from registry.http import Blueprint, current_actor

blueprint = Blueprint("decision-batches", __name__, url_prefix="/api/v1", description="Many decisions by one action.")


@blueprint.write("/decision-batches", "filing.decide", takes=BatchIn, answers=BatchOut, status=201)
def draw(body: dict[str, Any]) -> DecisionBatch:
    """Select filings that passed every check; answers which of them must be opened first."""
    return service.draw(current_actor(), body["filings"])


@blueprint.read("/decision-batches/<string:key>", "filing.decide", answers=BatchOut)
def one(key: str) -> DecisionBatch:
    """One batch."""
    return queries.find(key)


@blueprint.write("/decision-batches/<string:key>/look", "filing.decide", takes=LookIn, answers=BatchOut)
def look(key: str, body: dict[str, Any]) -> DecisionBatch:
    """Write down that one of the sample is opened."""
    return service.look(current_actor(), key, body["filing"])


@blueprint.write(
    "/decision-batches/<string:key>/decide", "filing.decide", takes=CommentIn, answers=BatchOut, decides=True
)
def decide(key: str, body: dict[str, Any], version: int) -> DecisionBatch:
    """Say yes to all that are still as they were; the others are left out and named. Sent again, it goes on."""
    return service.decide(current_actor(), key, body["comment"], version=version)
