"""API keys over the API: `/api/v1/api-keys`."""

from typing import Any

from flask import Response, jsonify

from registry.accounts import deputy_api, queries, service
from registry.accounts.model import ApiKey
from registry.accounts.schemas import KeyIn, KeyMade, KeyOut, KeyPage, KeyQuery
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("api-keys", __name__, url_prefix="/api/v1", description="Keys of machines.")
blueprints = (blueprint, deputy_api.blueprint)


@blueprint.read("/api-keys", "key.manage", answers=KeyPage, query=KeyQuery)
def api_keys(query: dict[str, Any]) -> Page[ApiKey]:
    """Keys, by their public part."""
    return queries.api_keys(KeyQuery.page(query))


@blueprint.write("/api-keys", "key.manage", takes=KeyIn, answers=KeyMade, status=201)
def open_key(body: dict[str, Any]) -> Response:
    """A new key. Its text is in this answer and nowhere else, so the answer is not kept for a repeated request."""
    key, text = service.open_key(current_actor(), **body)
    response = jsonify(KeyOut().dump(key) | {"key": text})
    response.status_code = 201
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.read("/api-keys/<string:key_id>", "key.manage", answers=KeyOut)
def api_key(key_id: str) -> ApiKey:
    """One key."""
    return queries.api_key(key_id)


@blueprint.write("/api-keys/<string:key_id>/withdraw", "key.manage", answers=KeyOut)
def withdraw(key_id: str) -> ApiKey:
    """The key opens nothing any more."""
    return service.withdraw_key(current_actor(), key_id)
