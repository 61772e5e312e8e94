"""/api/v1/papers"""

import io
from typing import Any

from flask import Response, send_file

from registry.http import Blueprint, current_actor
from registry.http.blueprint import BYTES
from registry.kernel.paging import Page
from registry.papers import queries, service
from registry.papers.model import Paper
from registry.papers.schemas import PaperFile, PaperForm, PaperOut, PaperPage, PaperQuery

blueprint = Blueprint("papers", __name__, url_prefix="/api/v1", description="Papers: licences, letters, trademarks.")


@blueprint.write("/papers", "paper.upload", takes=PaperForm, files=PaperFile, answers=PaperOut, status=201)
def upload(body: dict[str, Any], files: dict[str, Any]) -> Paper:
    """Upload a paper: PDF, PNG or JPEG, told by its content."""
    file = files["file"]
    return service.upload(current_actor(), file.read(), file.filename or "", **body)


@blueprint.read("/papers", "paper.read", answers=PaperPage, query=PaperQuery)
def papers(query: dict[str, Any]) -> Page[Paper]:
    """The papers of one's own enterprise; staff see all."""
    return queries.papers(current_actor(), PaperQuery.page(query), **query)


@blueprint.read("/papers/<string:key>", "paper.read", answers=PaperOut)
def paper(key: str) -> Paper:
    """One paper without its bytes."""
    return queries.paper(current_actor(), key)


@blueprint.read("/papers/<string:key>/content", "paper.read", answers=(BYTES,))
def content(key: str) -> Response:
    """The paper's bytes, to be saved: never shown inside the browser."""
    found, raw = queries.content(current_actor(), key)
    response = send_file(io.BytesIO(raw), "application/octet-stream", as_attachment=True, download_name=found.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
