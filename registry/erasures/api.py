"""Erasures over the API: what was there, and by which rule it went."""

from typing import Any

from marshmallow import fields, validate

from registry.erasures import queries
from registry.erasures.kinds import Erasable
from registry.erasures.model import Erasure
from registry.http import Blueprint, Query, Schema, current_actor, page_of
from registry.http.schema import Moment
from registry.kernel.paging import Page

blueprint = Blueprint("erasures", __name__, url_prefix="/api/v1", description="What was erased, and why.")


class ErasureOut(Schema):
    """One thing that is gone."""

    key = fields.String(required=True)
    what = fields.Enum(Erasable, by_value=True, required=True)
    subject = fields.String(required=True)
    enterprise = fields.String(required=True)
    digest = fields.String(required=True, metadata={"description": "SHA-256 of a file, keyed hash of a value"})
    rule = fields.String(required=True)
    since = fields.Date(required=True)
    erased_at = Moment(required=True)


class ErasureQuery(Query):
    """Filters by the names of the fields."""

    what = fields.String(load_default="", validate=validate.OneOf(["", *Erasable]))
    subject = fields.String(load_default="", validate=validate.Length(max=100))
    enterprise = fields.String(load_default="", validate=validate.Length(max=100))


ErasurePage = page_of(ErasureOut)


@blueprint.read("/erasures", "paper.read", answers=ErasurePage, query=ErasureQuery)
def erasures(query: dict[str, Any]) -> Page[Erasure]:
    """Erasures, by age; a company sees those of its own things."""
    return queries.listed(current_actor(), ErasureQuery.page(query), **query)
