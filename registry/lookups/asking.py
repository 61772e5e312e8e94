"""Asking a connector: one POST of what is claimed to the address that the setting names, bounded in time and size.

The protocol: JSON `{"kind", "subject", "claimed"}` out; in, with status 200, `{"found": true, "reference", "source",
"facts": {…}}` or `{"found": false, "source"}`. 404 is not found. Everything else is not reachable, and never a pass.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from urllib3.exceptions import HTTPError

from registry import settings
from registry.lookups.kinds import Answer, LookupKind
from registry.notices.sending import Refused, connected, path_of

MOST_READ = 64 * 1024  # bytes of an answer
MOST_FACTS = 20
LONGEST = 300  # characters of a fact
_OK, _NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class Answered:
    """What a source said: its record, its own number of it, and the hash of its words as they came."""

    answer: Answer
    source: str = ""
    reference: str = ""
    digest: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def has_connector(kind: LookupKind) -> bool:
    """Whether a connector is set for this kind of source."""
    return kind.value in settings.current().connectors


def ask(kind: LookupKind, subject: str, claimed: Mapping[str, Any], withheld: Mapping[str, str]) -> Answered:
    """What the connector of a kind says about a subject; not reachable where it does not answer, or answers nonsense.

    `withheld`: what it must be told and is kept nowhere.
    """
    address = settings.current().connectors[kind.value]
    try:
        status, raw = _sent(address, {"kind": kind.value, "subject": subject, "claimed": {**claimed, **withheld}})
    except Refused as refusal:
        return _silence(str(refusal))
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        return _silence(f"{type(error).__name__}: {error}")
    return _read(status, raw)


def _sent(address: str, said: dict[str, Any]) -> tuple[int, bytes]:
    body = json.dumps(said, ensure_ascii=False).encode()
    token = settings.current().connector_token
    head = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "sms-registry"}
    if token:
        head["Authorization"] = f"Bearer {token}"
    with connected(address) as (connection, host):
        connection.request("POST", path_of(address), body=body, headers=head | host, preload_content=False)
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_READ + 1)


def _read(status: int, raw: bytes) -> Answered:
    digest = hashlib.sha256(raw).hexdigest()
    if status == _NOT_FOUND:
        return Answered(Answer.NOT_FOUND, digest=digest)
    if status != _OK or len(raw) > MOST_READ:
        return _silence(f"status {status}, {len(raw)} bytes")
    try:
        return _told(json.loads(raw), digest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _silence("the answer is not in the form that is agreed")


def _told(said: Any, digest: str) -> Answered:
    """A record as the protocol has it. Raises ValueError, KeyError, TypeError for another form."""
    found, facts = said["found"], said.get("facts") or {}
    if not isinstance(found, bool) or not isinstance(facts, dict) or len(facts) > MOST_FACTS:
        raise ValueError("another form")
    source, reference = _text(said.get("source")), _text(said.get("reference"))
    if not found:
        return Answered(Answer.NOT_FOUND, source, digest=digest)
    if not reference:
        return _silence("the answer names no record")
    kept = {str(name)[:40]: _text(value) for name, value in facts.items()}
    return Answered(Answer.FOUND, source, reference, digest, kept)


def _text(value: Any) -> str:
    if value is None:
        return ""
    plain = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return "".join(letter for letter in plain if letter.isprintable())[:LONGEST]


def _silence(why: str) -> Answered:
    return Answered(Answer.NOT_REACHABLE, note="".join(letter for letter in why if letter.isprintable())[:LONGEST])
