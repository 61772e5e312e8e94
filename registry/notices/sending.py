"""Sending a webhook: one signed POST to an address that was looked up and found public, bounded in time, no redirects.

The name is looked up once and the connection goes to that very address: a name that answers differently the second
time leads nowhere else.
"""

import contextlib
import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from registry import settings
from registry.kernel import clock
from registry.notices import policy, signing
from registry.notices.model import Notice
from registry.notices.outcome import Outcome, failed

CONNECTING, ALTOGETHER = 5.0, 15.0  # seconds
MOST_READ = 2048  # bytes of the answer
GONE = 410  # by the specification: the receiver wants nothing more there


class Refused(Exception):  # noqa: N818 - it says what happened
    """The address may not be gone to; the message says why."""


def body_of(notice: Notice) -> bytes:
    """What is sent of a notice: `type`, `timestamp`, `data` with subject, sentence and reasons. The same every time."""
    data = {
        "subject": {"kind": notice.subject_kind, "key": notice.subject},
        "sentence": notice.sentence,
        **notice.payload,
    }
    said = {"type": notice.event, "timestamp": notice.at.astimezone(clock.SHANGHAI).isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be signed and sent."""

    url: str
    message: str
    body: bytes
    keys: tuple[str, ...]

    def __call__(self) -> Outcome:
        """Send it. Anything but a 2xx answer, in time, is a try that failed."""
        try:
            return self._send()
        except Refused as refusal:
            return failed(str(refusal), final=True)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            return failed(f"{type(error).__name__}: {error}")

    def _send(self) -> Outcome:
        with connected(self.url) as (connection, head):
            signed = signing.headers(self.keys, self.message, int(clock.now().timestamp()), self.body)
            kind = {"Content-Type": "application/json", "User-Agent": "sms-registry"}
            said = {"body": self.body, "headers": head | kind | signed}
            connection.request("POST", path_of(self.url), **said, preload_content=False)
            answer = connection.getresponse()
            words = answer.read(MOST_READ).decode("utf-8", "replace")
        if 200 <= answer.status < 300:  # noqa: PLR2004 - 2xx
            return Outcome(arrived=True, status=answer.status)
        return failed(words or "no words", answer.status, final=answer.status == GONE)


@contextlib.contextmanager
def connected(url: str) -> Iterator[tuple[Any, dict[str, str]]]:
    """A connection to the address behind the URL, cut off when its time is up however slowly the other side drips."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port)
    if parts.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            address, port, timeout=CONNECTING, server_hostname=host, assert_hostname=host
        )
    else:
        connection = HTTPConnection(address, port, timeout=CONNECTING)
    connection.connect()
    cut = threading.Timer(ALTOGETHER, _cut, [connection])
    cut.daemon = True
    cut.start()
    try:
        yield connection, {"Host": parts.netloc}
    finally:
        cut.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    with contextlib.suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)


def _address(host: str, port: int) -> str:
    """The address that a host's name stands for. Raises Refused where one is private and that is not allowed."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not settings.current().webhooks_private:
        inside = [each for each in addresses if not policy.is_public(ipaddress.ip_address(each.partition("%")[0]))]
        if inside:
            raise Refused(f"{host} lies in a private network")
    return addresses[0]


def path_of(url: str) -> str:
    """Path and query of an address, as a request line has them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
