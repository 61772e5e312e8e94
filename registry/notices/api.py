"""Notices over the API: the inbox, the endpoints of webhooks, the log of deliveries."""

from typing import Any

from flask import Response, jsonify

from registry.http import Blueprint, current_actor
from registry.http.version import etag_of
from registry.kernel.paging import Page
from registry.notices import queries, service
from registry.notices.model import Delivery, Endpoint, Notice
from registry.notices.schemas import (
    DeliveryOut,
    DeliveryPage,
    DeliveryQuery,
    DeliveryWithAttempts,
    EndpointIn,
    EndpointOut,
    EndpointPage,
    EndpointQuery,
    EndpointSecret,
    InboxItem,
    InboxPage,
    NewEndpointIn,
    NoticeOut,
    NoticeQuery,
    ReadAll,
)
from registry.notices.workflow import MANAGE

blueprint = Blueprint("notices", __name__, url_prefix="/api/v1", description="What was told to whom, and how it went.")
READ = "notice.read"


@blueprint.read("/notices", READ, answers=InboxPage, query=NoticeQuery)
def notices(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """The inbox of whoever asks, newest first."""
    actor, request = current_actor(), NoticeQuery.page(query)
    found = queries.listed(actor, request, **query)
    read = queries.read_by(actor, found.items)
    return Page([_item(each, read) for each in found.items], found.after)


@blueprint.read("/notices/<string:key>", READ, answers=InboxItem)
def notice(key: str) -> dict[str, Any]:
    """One notice."""
    found = queries.one(current_actor(), key)
    return _item(found, queries.read_by(current_actor(), [found]))


@blueprint.write("/notices/<string:key>/read", READ, answers=NoticeOut)
def read(key: str) -> Notice:
    """From now on read by whoever asks."""
    return service.read(current_actor(), key)


@blueprint.write("/notices:read-all", READ, answers=ReadAll)
def read_all() -> dict[str, int]:
    """Every unread notice marked as read."""
    return {"marked": service.read_all(current_actor())}


@blueprint.read("/webhook-endpoints", MANAGE, answers=EndpointPage, query=EndpointQuery)
def endpoints(query: dict[str, Any]) -> Page[Endpoint]:
    """Open endpoints, by their keys; a company's own."""
    return queries.endpoints(current_actor(), EndpointQuery.page(query), **query)


@blueprint.read("/webhook-endpoints/<string:key>", MANAGE, answers=EndpointOut)
def endpoint(key: str) -> Endpoint:
    """One endpoint."""
    return queries.endpoint(current_actor(), key)


@blueprint.write("/webhook-endpoints", MANAGE, takes=NewEndpointIn, answers=EndpointSecret, status=201)
def open_endpoint(body: dict[str, Any]) -> Response:
    """A new endpoint. Its secret is in this answer and nowhere else: the answer is not kept for a repeated request."""
    return _with_secret(*service.open_endpoint(current_actor(), **body), status=201)


@blueprint.write(
    "/webhook-endpoints/<string:key>", MANAGE, takes=EndpointIn, answers=EndpointOut, method="PUT", decides=True
)
def change_endpoint(key: str, body: dict[str, Any], version: int) -> Endpoint:
    """Another address, other topics."""
    return service.change_endpoint(current_actor(), key, version=version, **body)


@blueprint.write("/webhook-endpoints/<string:key>/rotate", MANAGE, answers=EndpointSecret)
def rotate(key: str) -> Response:
    """A new secret, in this answer and nowhere else; the old one signs beside it for a day."""
    return _with_secret(*service.rotate_secret(current_actor(), key))


@blueprint.write("/webhook-endpoints/<string:key>/close", MANAGE, answers=EndpointOut)
def close(key: str) -> Endpoint:
    """Nothing is sent there any more."""
    return service.close_endpoint(current_actor(), key)


@blueprint.read("/notice-deliveries", MANAGE, answers=DeliveryPage, query=DeliveryQuery)
def deliveries(query: dict[str, Any]) -> Page[Delivery]:
    """The log of deliveries, newest first."""
    return queries.deliveries(current_actor(), DeliveryQuery.page(query), **query)


@blueprint.read("/notice-deliveries/<string:key>", MANAGE, answers=DeliveryWithAttempts)
def delivery(key: str) -> Delivery:
    """One delivery with every try."""
    return queries.delivery(current_actor(), key)


@blueprint.write("/notice-deliveries/<string:key>/replay", MANAGE, answers=DeliveryOut)
def replay(key: str) -> Delivery:
    """Send it once more, under the same id."""
    return service.replay(current_actor(), key)


def _item(notice: Notice, read: set[int]) -> dict[str, Any]:
    return {**NoticeOut().dump(notice), "at": notice.at, "read": notice.id in read}


def _with_secret(endpoint: Endpoint, secret: str, status: int = 200) -> Response:
    response = jsonify(EndpointOut().dump(endpoint) | {"secret": secret})
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["ETag"] = etag_of(endpoint) or ""
    return response
