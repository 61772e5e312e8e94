"""Bulk files over the API: hand one in, follow it, take its result."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response

from registry.filings.bulk import queries, service
from registry.filings.bulk.model import BulkFile
from registry.filings.bulk_schemas import (
    BulkFileIn,
    BulkForm,
    BulkOut,
    BulkPage,
    RowPage,
    RowQuery,
    TemplateOfKind,
)
from registry.http import Blueprint, Query, current_actor
from registry.http.blueprint import BYTES
from registry.kernel.paging import Page

blueprint = Blueprint("bulk-filings", __name__, url_prefix="/api/v1", description="Many filings in one file")


@blueprint.write("/bulk-filings", "filing.submit", takes=BulkForm, files=BulkFileIn, answers=BulkOut, status=202)
def hand_in(body: dict[str, Any], files: dict[str, Any]) -> BulkFile:
    """Hand a file of filings in: CSV, XLSX or NDJSON. Small ones are answered whole, larger ones by the worker."""
    sent = files["file"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        sent.save(path)
        applicant = body["applicant"] or None
        return service.take(
            current_actor(), body["kind"], path, sent.filename or "", applicant=applicant, whole=body["whole"]
        )


@blueprint.read("/bulk-filings", "filing.read", answers=BulkPage, query=Query)
def listed(query: dict[str, Any]) -> Page[BulkFile]:
    """Files, the oldest first."""
    return queries.listed(current_actor(), Query.page(query))


@blueprint.read("/bulk-filings/template", "filing.submit", answers=(BYTES,), query=TemplateOfKind)
def template(query: dict[str, Any]) -> Response:
    """An empty file of a kind, with an example."""
    return saved(f"{query['kind']}.{query['form']}", lambda path: service.write_template(path=path, **query))


@blueprint.read("/bulk-filings/<string:key>", "filing.read", answers=BulkOut)
def one(key: str) -> BulkFile:
    """One file: how many rows, how far it is, what became of them."""
    return queries.find(current_actor(), key)


@blueprint.read("/bulk-filings/<string:key>/rows", "filing.read", answers=RowPage, query=RowQuery)
def rows(key: str, query: dict[str, Any]) -> dict[str, Any]:
    """What became of each row, by its number in the file."""
    found = queries.rows(current_actor(), key, **query)
    return {"items": found, "after": found[-1].row if len(found) == query["limit"] else None}


@blueprint.read("/bulk-filings/<string:key>/result", "filing.read", answers=(BYTES,))
def result(key: str) -> Response:
    """The file as it came, with what became of each row behind it."""
    bulk = queries.find(current_actor(), key)
    return saved(f"{key}.{bulk.form}", lambda path: service.write_result(current_actor(), key, path))


def saved(name: str, write: Any) -> Response:
    """A file that was just written, to be saved."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        answer = Response(path.read_bytes(), content_type=BYTES)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
