"""What sources outside said: the list, and entering what one read about a filing."""

import hashlib
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from registry.filings import service as filings
from registry.http import current_actor
from registry.kernel.errors import Invalid
from registry.lookups import queries, service
from registry.lookups.kinds import Answer, LookupKind, LookupResult

PREFIX = "found-"


@page("/lookups", "lookup.read")
def listed() -> str:
    """Lookups by kind and result."""
    kind, result = asked.text("kind"), asked.text("result")
    found = queries.listed(
        asked.paging(),
        kind=kind if kind in list(LookupKind) else "",
        result=result if result in list(LookupResult) else "",
        subject=asked.text("subject"),
    )
    return render_template("lookups/list.html", lookups=found, kinds=LookupKind, results=LookupResult)


@act("/filings/<string:key>/lookups", service.ENTER)
def enter(key: str) -> Response:
    """Enter what a source says; of the file that shows it only the hash is kept."""
    answer = one_line("answer")
    if answer not in list(Answer):
        raise Invalid("unknown_answer", "say whether the source has a record", fix="choose one of the list")
    filings.told(
        current_actor(),
        key,
        one_line("kind"),
        one_line("subject"),
        answer,
        found=_found(),
        source=one_line("source")[:300],
        reference=one_line("reference")[:300],
        digest=_digest(),
    )
    return done(gettext("What the source says is on record; the checks ran again."), "filings_one", key=key)


@act("/filings/<string:key>/look-outside", service.ENTER)
def look_outside(key: str) -> Response:
    """Have the connectors asked."""
    filings.look_outside(current_actor(), key)
    return done(gettext("The sources are being asked."), "filings_one", key=key)


def _found() -> dict[str, str]:
    sent = {name: value.strip()[:300] for name, value in request.form.items() if name.startswith(PREFIX)}
    return {name.removeprefix(PREFIX)[:40]: value for name, value in sent.items() if value}


def _digest() -> str:
    file: Any = request.files.get("file")
    raw = file.read() if file else b""
    return hashlib.sha256(raw).hexdigest() if raw else one_line("digest")[:64]
