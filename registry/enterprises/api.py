"""Enterprises over the API: `/api/v1/enterprises`."""

import datetime as dt
from typing import Any

from registry.enterprises import queries, service
from registry.enterprises.model import Enterprise, EnterpriseName, Relation, Submitter
from registry.enterprises.schemas import (
    EnterpriseAt,
    EnterpriseIn,
    EnterpriseOut,
    EnterprisePage,
    EnterpriseQuery,
    EnterpriseWhole,
    RelationIn,
    RelationOut,
    RenameIn,
    SubmitterIn,
    SubmitterOut,
)
from registry.enterprises.values import EnterpriseValues, RelationValues, SubmitterValues
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("enterprises", __name__, url_prefix="/api/v1", description="Who holds, owns and uses.")


class Whole:
    """An enterprise with its names and ties at a time."""

    def __init__(self, row: Enterprise, as_of: dt.datetime | None, known_at: dt.datetime | None) -> None:
        self.row = row
        self.name_then = queries.name_at(row.code, as_of, known_at)
        self.former_names: list[EnterpriseName] = queries.former_names(row.code)
        self.relations: list[Relation] = queries.relations(row.code, as_of, known_at)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


@blueprint.read("/enterprises", "registry.read", answers=EnterprisePage, query=EnterpriseQuery)
def enterprises(query: dict[str, Any]) -> Page[Enterprise]:
    """Enterprises, by code. A company sees itself."""
    return queries.listed(current_actor(), EnterpriseQuery.page(query), **query)


@blueprint.read("/enterprises/<string:code>", "registry.read", answers=EnterpriseWhole, query=EnterpriseAt)
def enterprise(code: str, query: dict[str, Any]) -> Whole:
    """One enterprise, with the name and the ties it had at a time."""
    return Whole(queries.seen_by(current_actor(), code), **query)


@blueprint.write("/enterprises", "registry.change", takes=EnterpriseIn, answers=EnterpriseOut, status=201)
def register(body: dict[str, Any]) -> Enterprise:
    """Register an enterprise."""
    return service.register(current_actor(), EnterpriseValues(**body | {"roles": tuple(body["roles"])}))


@blueprint.write(
    "/enterprises/<string:code>/rename", "registry.change", takes=RenameIn, answers=EnterpriseOut, decides=True
)
def rename(code: str, body: dict[str, Any], version: int) -> Enterprise:
    """Give an enterprise a new name; the old one is kept."""
    return service.rename(current_actor(), code, version=version, **body)


@blueprint.write("/relations", "registry.change", takes=RelationIn, answers=RelationOut, status=201)
def relate(body: dict[str, Any]) -> Relation:
    """Tie two enterprises."""
    return service.relate(current_actor(), RelationValues(**body))


@blueprint.write("/submitters", "registry.change", takes=SubmitterIn, answers=SubmitterOut, status=201)
def bind(body: dict[str, Any]) -> Submitter:
    """Say whose an account at a gateway is."""
    return service.bind_submitter(current_actor(), SubmitterValues(**body))
