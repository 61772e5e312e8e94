"""Files of many filings: hand one in, follow it, take its result; empty files to fill."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response, make_response, render_template, request

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.filings.bulk import queries, service
from registry.filings.bulk.model import BulkState, RowState
from registry.filings.bulk.sheets import FORMS, form_of
from registry.filings.bulk_api import saved
from registry.filings.kinds import Kind
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid, NotFound, Problem

ROWS = 200  # rows that were refused, as a page shows them
UNDER_WAY = (BulkState.ORDERED, BulkState.RUNNING)


@page("/bulk", "filing.submit")
def listed() -> str:
    """A form to hand a file in, and the files that were."""
    return _listed()


@act("/bulk", "filing.submit")
def hand_in() -> Any:
    """Take a file in."""
    try:
        bulk = _taken()
    except Problem as problem:
        return _listed(problem=inline(problem)), STATUS[type(problem)]
    return done(gettext("The file is taken in."), "bulk_one", key=bulk.key)


@page("/bulk/<string:key>", "filing.read")
def one(key: str) -> Response:
    """How far a file is, and which rows were refused; asked again every few seconds as long as it is worked."""
    bulk = queries.find(current_actor(), key)
    refused = queries.rows(current_actor(), key, 0, ROWS, RowState.REFUSED.value)
    under_way = bulk.state in UNDER_WAY
    answer = make_response(render_template("bulk/one.html", bulk=bulk, refused=refused, under_way=under_way))
    if under_way:
        answer.headers["Refresh"] = "5"
    return answer


@page("/bulk/<string:key>/result", "filing.read")
def result(key: str) -> Response:
    """The file with its results."""
    bulk = queries.find(current_actor(), key)
    return saved(f"{key}.{bulk.form}", lambda path: service.write_result(current_actor(), key, path))


@page("/bulk/template/<string:name>", "filing.submit")
def template(name: str) -> Response:
    """An empty file of a kind, by its name: `permit.xlsx`."""
    kind, form = name.rsplit(".", 1)[0], form_of(name)
    if kind not in list(Kind):
        raise NotFound("no_such_kind", f"there are no filings of kind {kind[:20]!r}")
    return saved(name, lambda path: service.write_template(Kind(kind), path, form))


def _taken() -> Any:
    sent, kind = request.files.get("file"), one_line("kind")
    if sent is None or not sent.filename or kind not in list(Kind):
        raise Invalid("no_file", "choose a file and a kind")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        sent.save(path)
        applicant = one_line("applicant") or None
        whole = bool(one_line("whole"))
        return service.take(current_actor(), Kind(kind), path, sent.filename, applicant=applicant, whole=whole)


def _listed(**told: Any) -> str:
    found = queries.listed(current_actor(), asked.paging())
    return render_template("bulk/list.html", files=found.items, after=found.after, kinds=Kind, forms=FORMS, **told)
