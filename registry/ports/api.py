"""Ports and delegations over the API: what was in force then, as it was known then."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.http.schema import AtQuery, ListQuery
from registry.kernel.paging import Page
from registry.ports import queries
from registry.ports.model import Delegation, Port
from registry.ports.schemas import DelegationOut, DelegationPage, DelegationQuery, PortOut, PortPage, PortQuery

blueprint = Blueprint("ports", __name__, url_prefix="/api/v1", description="Numbers, and who may use them.")


@blueprint.read("/ports", "registry.read", answers=PortPage, query=PortQuery)
def ports(query: dict[str, Any]) -> Page[Port]:
    """Ports, by their digits."""
    return queries.listed(current_actor(), PortQuery.page(query), **query)


@blueprint.read("/ports/<string:port>", "registry.read", answers=PortOut, query=AtQuery)
def port(port: str, query: dict[str, Any]) -> Port:
    """One port."""
    return queries.one(current_actor(), port, **query)


@blueprint.read("/ports/<string:port>/children", "registry.read", answers=PortPage, query=ListQuery)
def children(port: str, query: dict[str, Any]) -> Page[Port]:
    """The registered ports directly below a number, registered itself or not."""
    return queries.children(current_actor(), ListQuery.page(query), port, **query)


@blueprint.read("/delegations", "registry.read", answers=DelegationPage, query=DelegationQuery)
def delegations(query: dict[str, Any]) -> Page[Delegation]:
    """Delegations, by key."""
    return queries.delegations(current_actor(), DelegationQuery.page(query), **query)


@blueprint.read("/delegations/<string:key>", "registry.read", answers=DelegationOut, query=AtQuery)
def delegation(key: str, query: dict[str, Any]) -> Delegation:
    """One delegation."""
    return queries.delegation(current_actor(), key, **query)
