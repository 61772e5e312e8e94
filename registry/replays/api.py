"""Replays and explanations over HTTP."""

import dataclasses
from typing import Any

from registry import jobs
from registry.http import Blueprint, Query, current_actor
from registry.kernel.paging import Page
from registry.replays import explaining, proposing, queries, service
from registry.replays.model import Replay
from registry.replays.schemas import ExplanationOut, ReplayIn, ReplayOut, ReplayPage
from registry.store import unit_of_work

blueprint = Blueprint("replays", __name__, url_prefix="/api/v1", description="Asking past facts anew")


@blueprint.write("/detection-replays", "detection.run", takes=ReplayIn, answers=ReplayOut, status=202)
def start_replay(body: dict[str, Any]) -> Replay:
    """Have past facts asked by the worker; no finding is written."""
    question = proposing.question(current_actor(), body)
    with unit_of_work():
        row = service.order(current_actor(), question)
        jobs.enqueue("detection.replay", key=row.key)
    return row


@blueprint.read("/detection-replays", "detection.read", answers=ReplayPage, query=Query)
def replays(query: dict[str, Any]) -> Page[Replay]:
    """Questions, the oldest first."""
    return queries.replays(Query.page(query))


@blueprint.read("/detection-replays/<string:key>", "detection.read", answers=ReplayOut)
def replay(key: str) -> Replay:
    """One question with its answer."""
    return queries.replay(key)


@blueprint.read("/findings/<string:key>/explanation", "detection.read", answers=ExplanationOut)
def explanation(key: str) -> dict[str, Any]:
    """What a finding rests on."""
    told = explaining.explain(current_actor(), key)
    names = [each.name for each in dataclasses.fields(told)]
    kept = {name: getattr(told, name) for name in (*names, "same_version", "clauses", "key")}
    return kept | {"last_again": queries.last_of(key)}


@blueprint.write("/findings/<string:key>/explanation", "detection.run", answers=ReplayOut, status=202)
def apply_again(key: str) -> Replay:
    """Have the rule applied again as it judged then, by the worker."""
    with unit_of_work():
        row = service.order_again(current_actor(), key)
        jobs.enqueue("detection.replay", key=row.key)
    return row
