"""Receivers of webhooks on loopback, and settings that let them be reached."""

import dataclasses
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from registry.kernel.sentence import Sentence
from registry.notices import service
from registry.store import unit_of_work
from tests.factories import registered

SAID = Sentence("报备已退回", "The filing was returned")


@pytest.fixture
def company(app):
    return registered.enterprise("红帆短信服务有限公司", "sms_service_company").code


@pytest.fixture
def setting(app, monkeypatch):
    """`setting(webhooks_private=True)`: the application with another setting."""

    def use(**changed):
        present = app.extensions["registry-settings"]
        monkeypatch.setitem(app.extensions, "registry-settings", dataclasses.replace(present, **changed))

    return use


@pytest.fixture
def tell(app):
    """`tell(company)`: one notice with a full reason."""

    def told(enterprise, **more):
        with unit_of_work():
            said = service.reason("NAME_DIFFERS", SAID, Sentence("更正名称", "correct the name"), field="name")
            event = more.pop("event", "filing.returned")
            service.tell(event, ("filing", "FLG-1"), SAID, enterprise=enterprise, reasons=[said], **more)

    return told


class Receiver(ThreadingHTTPServer):
    """Takes what is sent: `received` holds headers and body of each; `answers` the statuses to give, then 204."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.drips = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms"

    def handle_error(self, request, client_address) -> None:
        """A sender that hung up is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server: Receiver = self.server  # type: ignore[assignment]
        server.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
        if server.drips:
            self._drip()
            return
        self.send_response(server.answers.pop(0) if server.answers else 204)
        self.send_header("Location", server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self):
        for _ in range(200):
            self.wfile.write(b"H")
            time.sleep(0.05)

    def log_message(self, *_args):
        """Nothing is printed."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
