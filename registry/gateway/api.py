"""Gateways and activations over the API."""

from typing import Any

from registry.gateway import queries, service
from registry.gateway.model import Activation, Gateway
from registry.gateway.queries import Works
from registry.gateway.schemas import (
    ActivationPage,
    ActivationQuery,
    ActivationsIn,
    CarrierFilingsIn,
    GatewayIn,
    GatewayOut,
    Gateways,
    Results,
    WorksOut,
)
from registry.gateway.values import Reported, Result
from registry.gateway.workflow import MANAGE, REPORT
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page
from registry.permits import queries as permits

blueprint = Blueprint("gateways", __name__, url_prefix="/api/v1", description="Where a permit really works.")
READ = "registry.read"


@blueprint.read("/gateways", READ, answers=Gateways)
def gateways() -> dict[str, list[Gateway]]:
    """The open gateways."""
    return {"items": queries.gateways()}


@blueprint.write("/gateways", MANAGE, takes=GatewayIn, answers=GatewayOut, status=201)
def open_gateway(body: dict[str, Any]) -> Gateway:
    """A gateway at which permits are to be active."""
    return service.open_gateway(current_actor(), **body)


@blueprint.write("/gateways/<string:key>/close", MANAGE, answers=GatewayOut)
def close_gateway(key: str) -> Gateway:
    """The gateway counts no more."""
    return service.close_gateway(current_actor(), key)


@blueprint.read("/activations", READ, answers=ActivationPage, query=ActivationQuery)
def activations(query: dict[str, Any]) -> Page[Activation]:
    """What gateways reported last, by permit and gateway."""
    request = ActivationQuery.page(query)
    return queries.listed(current_actor(), Activation, request, place=query.pop("gateway"), **query)


@blueprint.write("/activations", REPORT, takes=ActivationsIn, answers=Results)
def report(body: dict[str, Any]) -> dict[str, list[Result]]:
    """What a gateway says of permits; a result for each row, and the same again changes nothing."""
    return {"items": service.report(current_actor(), body["gateway"], [Reported(**row) for row in body["items"]])}


@blueprint.write("/carrier-filings", REPORT, takes=CarrierFilingsIn, answers=Results)
def report_carrier(body: dict[str, Any]) -> dict[str, list[Result]]:
    """Where filings stand at another carrier; kept beside."""
    rows = [Reported(**row) for row in body["items"]]
    return {"items": service.report_carrier(current_actor(), body["carrier"], rows)}


@blueprint.read("/permits/<string:key>/activations", READ, answers=WorksOut)
def works(key: str) -> Works:
    """Where a permit works: active at n of m gateways."""
    return queries.works(permits.one(current_actor(), key).key)
