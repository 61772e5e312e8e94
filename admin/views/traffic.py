"""Gateway records: what was taken in, and a form to hand a file in."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import render_template, request
from werkzeug.utils import secure_filename

from admin import asked
from admin.failing import inline
from admin.page import act, one_line, page
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid, Problem
from registry.traffic import queries, service

PATIENCE = 5.0  # seconds: somebody looks at a page that does not answer


@page("/traffic", "traffic.read")
def files() -> str:
    """Deliveries, newest first."""
    return _files()


@act("/traffic", "traffic.ingest")
def hand_in() -> Any:
    """Take one file in while the page waits; larger ones are handed in on the command line."""
    try:
        outcome = _ingest()
    except Problem as problem:
        return _files(problem=inline(problem)), STATUS[type(problem)]
    return _files(outcome=outcome), 422 if outcome.refused else 200


def _ingest() -> Any:
    sent = request.files.get("file")
    name = secure_filename(sent.filename or "") if sent else ""
    if sent is None or not name:
        raise Invalid("no_file", "choose a file")
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        sent.save(path)
        [outcome] = service.ingest(
            current_actor(),
            [path],
            default_time=asked.sent_moment("default_time"),
            gateway=one_line("gateway"),
            wait=PATIENCE,
        )
    return outcome


def _files(**told: Any) -> str:
    return render_template("traffic/files.html", files=queries.ingested(asked.paging()), days=queries.days(), **told)
