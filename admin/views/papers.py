"""Papers: handed out to be saved, never shown inside the browser."""

import io

from flask import Response, send_file

from admin.page import page
from registry.http import current_actor
from registry.papers import queries


@page("/papers/<string:key>", "paper.read")
def content(key: str) -> Response:
    """The paper's bytes."""
    found, raw = queries.content(current_actor(), key)
    response = send_file(io.BytesIO(raw), "application/octet-stream", as_attachment=True, download_name=found.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
