"""Handlers over the API: masked, found by hash; a whole value only for a reason."""

from typing import Any

from flask import Response, jsonify

from registry.handlers import queries, service
from registry.handlers.schemas import (
    FindIn,
    FoundOut,
    HandlerIn,
    HandlerOut,
    HandlerPage,
    HandlerQuery,
    UnmaskIn,
    ValueOut,
)
from registry.handlers.values import HandlerValues
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("handlers", __name__, url_prefix="/api/v1", description="Who acts for an enterprise.")


@blueprint.read("/handlers", "paper.read", answers=HandlerPage, query=HandlerQuery)
def handlers(query: dict[str, Any]) -> Page[queries.Person]:
    """Handlers, by age, masked; a company's own."""
    return queries.listed(current_actor(), HandlerQuery.page(query), **query)


@blueprint.read("/handlers/<string:key>", "paper.read", answers=HandlerOut)
def handler(key: str) -> queries.Person:
    """One handler, masked."""
    return queries.shown(queries.one(current_actor(), key))


@blueprint.write("/handlers", service.REGISTER, takes=HandlerIn, answers=HandlerOut, status=201)
def register(body: dict[str, Any]) -> queries.Person:
    """Register a person who acts for one's enterprise."""
    enterprise = body.pop("enterprise")
    return queries.shown(service.register(current_actor(), HandlerValues(**body), enterprise=enterprise))


@blueprint.write("/handlers:find", service.SEE, takes=FindIn, answers=FoundOut)
def find(body: dict[str, Any]) -> dict[str, Any]:
    """Find handlers by an ID or telephone number; what is answered is masked."""
    return {"items": queries.found_by(**body)}


@blueprint.write("/handlers/<string:key>/unmask", service.SEE, takes=UnmaskIn, answers=ValueOut)
def unmask(key: str, body: dict[str, Any]) -> Response:
    """See one whole value, with the reason on record."""
    response = jsonify({"value": service.unmask(current_actor(), key, body["field"], body["reason"])})
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.write("/handlers/<string:key>/end", service.REGISTER, answers=HandlerOut)
def end(key: str) -> queries.Person:
    """The person acts for the enterprise no longer."""
    return queries.shown(service.end(current_actor(), key))
