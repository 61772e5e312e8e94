"""Reports over the API: the quarter's list of opened codes, the dossier of a permit."""

import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from flask import Response

from registry.http import Blueprint, current_actor
from registry.reports import codes, dossier, queries, service
from registry.reports.model import CodeReport
from registry.reports.quarter import Quarter
from registry.reports.queries import QuarterState
from registry.reports.schemas import CodesQuery, DossierQuery, HandedIn, HandInIn, Quarters

blueprint = Blueprint("reports", __name__, url_prefix="/api/v1", description="What leaves the registry on paper.")
SMALL = 8 * 1024 * 1024  # bytes kept in memory before a file is used
PIECE = 65536  # bytes


@blueprint.read("/code-reports", service.READ, answers=Quarters)
def quarters() -> dict[str, list[QuarterState]]:
    """The last quarters: until when their lists are due, and whether they were handed in."""
    return {"items": queries.states()}


@blueprint.read(
    "/code-reports/<string:quarter>/codes",
    service.READ,
    answers=("text/csv", codes.MEDIA_TYPES["xlsx"]),
    query=CodesQuery,
)
def quarter_codes(quarter: str, query: dict[str, Any]) -> Response:
    """All opened codes at the end of a quarter, with what was added and what ended in it."""
    return codes_file(service.parsed(quarter), query["format"])


@blueprint.write("/code-reports/<string:quarter>/hand-in", service.HAND_IN, takes=HandInIn, answers=HandedIn)
def hand_in(quarter: str, body: dict[str, Any]) -> CodeReport:
    """Note that the list of a quarter was handed in."""
    return service.hand_in(current_actor(), quarter, **body)


@blueprint.read(
    "/permits/<string:key>/dossier",
    "registry.read",
    answers=("application/json", "application/zip"),
    query=DossierQuery,
)
def permit_dossier(key: str, query: dict[str, Any]) -> Response:
    """Everything on file about a permit, as JSON or as an archive with a table for each section."""
    return dossier_file(dossier.gather(current_actor(), key), query["format"])


def codes_file(quarter: Quarter, form: str) -> Response:
    """The list as a file to be saved."""
    target = tempfile.SpooledTemporaryFile(SMALL)  # noqa: SIM115 - whoever reads it to its end closes it
    codes.write(quarter, form, target)
    target.seek(0)
    response = Response(_pieces(target), content_type=codes.MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="codes-{quarter}.{form}"'
    return response


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    with source:
        while piece := source.read(PIECE):
            yield piece


def dossier_file(found: dict[str, Any], form: str) -> Response:
    """The dossier as a file to be saved."""
    body = dossier.as_zip(found) if form == "zip" else json.dumps(found, ensure_ascii=False, indent=1).encode()
    response = Response(body, content_type=f"application/{form}")
    response.headers["Content-Disposition"] = f'attachment; filename="{found["permit"]}.{form}"'
    return response
