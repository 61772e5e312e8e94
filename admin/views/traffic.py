"""Gateway records: what was taken in, and a form to hand a file in."""

from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import FileStorage
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid, Problem
from registry.traffic import queries, service
from registry.traffic.model import IngestState

FEW = 10  # jobs that the page shows
GOING = (IngestState.WAITING, IngestState.RUNNING)
PATIENCE = 5.0  # seconds: somebody looks at a page that does not answer


@page("/traffic", "traffic.read")
def files() -> str:
    """Deliveries, newest first."""
    return _files()


@act("/traffic", "traffic.ingest")
def hand_in() -> Any:
    """Take one file in while the page waits; larger ones are handed in on the command line."""
    if request.form.get("background"):
        return _order([_kept(_sent())])
    try:
        outcome = _ingest()
    except Problem as problem:
        return _files(problem=inline(problem)), STATUS[type(problem)]
    return _files(outcome=outcome), 422 if outcome.refused else 200


@act("/traffic/inbox", "traffic.ingest")
def take_in() -> Response:
    """Have files that lie in the inbox taken in by the worker."""
    return _order(service.lying(request.form.getlist("files")))


def _order(paths: list[Path]) -> Response:
    if not paths:
        raise Invalid("no_file", "choose a file")
    service.order(current_actor(), paths, default_time=asked.sent_moment("default_time"), gateway=one_line("gateway"))
    return done(gettext("The worker takes it in; this page shows how far it is."), "traffic_files")


def _sent() -> FileStorage:
    sent = request.files.get("file")
    if sent is None or not secure_filename(sent.filename or ""):
        raise Invalid("no_file", "choose a file")
    return sent


def _kept(sent: FileStorage) -> Path:
    """The file in the inbox, under a name that nothing there has."""
    path = service.inbox() / f"{token_hex(4)}-{secure_filename(sent.filename or '')}"
    sent.save(path)
    return path


def _ingest() -> Any:
    sent = _sent()
    with TemporaryDirectory() as folder:
        path = Path(folder) / secure_filename(sent.filename or "")
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
    ordered, lying = queries.latest_ingests(FEW), service.not_yet_ordered()
    told |= {"ordered": ordered, "going": any(each.state in GOING for each in ordered), "lying": lying}
    return render_template("traffic/files.html", files=queries.ingested(asked.paging()), days=queries.days(), **told)
