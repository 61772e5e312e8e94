"""Handlers over the API: masked, found by hash; a whole value only for a reason."""

from typing import Any

from flask import Response, jsonify
from marshmallow import fields, validate

from registry.handlers import queries, service
from registry.handlers.values import FIELDS, HandlerValues
from registry.http import Blueprint, Query, Schema, current_actor, page_of
from registry.http.schema import Moment
from registry.kernel.paging import Page

blueprint = Blueprint("handlers", __name__, url_prefix="/api/v1", description="Who acts for an enterprise.")
_VALUE = validate.Length(max=60)


class HandlerIn(Schema):
    """A person who acts for one's enterprise, or for a customer (`enterprise`: its code) that one files for."""

    name = fields.String(required=True, validate=_VALUE)
    id_number = fields.String(required=True, validate=_VALUE)
    phone = fields.String(required=True, validate=_VALUE)
    enterprise = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))


class HandlerOut(Schema):
    """A handler, masked. `key` is what a filing names."""

    key = fields.String(required=True)
    enterprise = fields.String(required=True)
    name = fields.String(required=True)
    id_number = fields.String(required=True)
    phone = fields.String(required=True)
    made_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    erased_at = Moment(required=True, allow_none=True)


class HandlerQuery(Query):
    """Filters of the list."""

    enterprise = fields.String(load_default="", validate=validate.Length(max=100))


class FindIn(Schema):
    """By an ID number, a telephone number, or both; in the body, since addresses of pages stand in logs."""

    id_number = fields.String(load_default="", validate=_VALUE)
    phone = fields.String(load_default="", validate=_VALUE)


class FoundOut(Schema):
    """Whoever has it."""

    items = fields.List(fields.Nested(HandlerOut), required=True)


class UnmaskIn(Schema):
    """Which value, and why."""

    field = fields.String(required=True, validate=validate.OneOf(FIELDS))
    reason = fields.String(required=True, validate=validate.Length(4, 1000))


class ValueOut(Schema):
    """The whole value, in this answer and nowhere else."""

    value = fields.String(required=True)


HandlerPage = page_of(HandlerOut)


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
