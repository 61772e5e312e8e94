"""Signatures and letters over the API. What owners say about letters stands with the inquiries."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.http.schema import AtQuery
from registry.kernel.paging import Page
from registry.signatures import queries
from registry.signatures.model import Letter, Signature
from registry.signatures.schemas import (
    LetterOut,
    LetterPage,
    LetterQuery,
    NearestOut,
    NearestQuery,
    SignatureOut,
    SignaturePage,
    SignatureQuery,
)

blueprint = Blueprint("signatures", __name__, url_prefix="/api/v1", description="Sender names and letters.")


@blueprint.read("/signatures", "registry.read", answers=SignaturePage, query=SignatureQuery)
def signatures(query: dict[str, Any]) -> Page[Signature]:
    """Signatures, by key."""
    return queries.listed(current_actor(), SignatureQuery.page(query), **query)


@blueprint.read("/signatures/nearest", "registry.read", answers=NearestOut, query=NearestQuery)
def nearest(query: dict[str, Any]) -> dict[str, list[queries.Near]]:
    """The registered signatures most like a text, with a score and the reason. A company is not told whose they are."""
    found = queries.nearest(query["signature"], query["limit"], but_owner=query["but_owner"])
    return {"items": [queries.shown_to(current_actor(), each) for each in found]}


@blueprint.read("/signatures/<string:key>", "registry.read", answers=SignatureOut, query=AtQuery)
def signature(key: str, query: dict[str, Any]) -> Signature:
    """One signature."""
    return queries.one(current_actor(), key, **query)


@blueprint.read("/letters", "registry.read", answers=LetterPage, query=LetterQuery)
def letters(query: dict[str, Any]) -> Page[Letter]:
    """Letters, by key."""
    return queries.letters(current_actor(), LetterQuery.page(query), **query)


@blueprint.read("/letters/<string:key>", "registry.read", answers=LetterOut, query=AtQuery)
def letter(key: str, query: dict[str, Any]) -> Letter:
    """One letter."""
    return queries.letter(current_actor(), key, **query)
