"""A source outside on loopback that answers what a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.filings.conftest import chain, trade  # noqa: F401 - fixtures
from tests.notices.conftest import setting  # noqa: F401 - a fixture


class Source(ThreadingHTTPServer):
    """`says`: subject -> (status, body); what it was asked is in `asked`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says: dict[str, tuple[int, bytes]] = {}
        self.asked: list[tuple[dict[str, str], dict]] = []
        self.drips = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ask"

    def has(self, subject: str, reference: str = "R-1", **facts: str) -> None:
        told = {"found": True, "reference": reference, "source": "登记机关", "facts": facts}
        self.says[subject] = (200, json.dumps(told, ensure_ascii=False).encode())

    def handle_error(self, request, client_address) -> None:
        """A caller that hung up is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server: Source = self.server  # type: ignore[assignment]
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.asked.append(({name.lower(): value for name, value in self.headers.items()}, said))
        status, body = server.says.get(said["subject"], (404, b"{}"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", server.url)
        self.end_headers()
        if server.drips:
            time.sleep(0.5)
        self.wfile.write(body)

    def log_message(self, *_args):
        """Nothing is printed."""


@pytest.fixture
def source(setting) -> Iterator[Source]:  # noqa: F811
    """A source that is set as the connector of every kind."""
    with Source() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        kinds = ("company_register", "trademark", "icp", "licence", "app", "real_name")
        setting(connectors=dict.fromkeys(kinds, server.url), connector_token="t0ken", webhooks_private=True)
        yield server
        server.shutdown()
        thread.join()
