"""The hash chain, pure: a link is the SHA-256 of the link before and of the event's canonical JSON."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
FIELDS = (
    "number",
    "at",
    "actor",
    "actor_kind",
    "action",
    "subject_kind",
    "subject_key",
    "before",
    "after",
    "reason",
    "request_id",
)


def canonical(event: Mapping[str, Any]) -> bytes:
    """The event's bytes: sorted keys, no spaces, times in UTC ISO form."""
    return json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def link(previous: str, event: Mapping[str, Any]) -> str:
    """The hash of an event that follows `previous`: 64 hexadecimal digits."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(event)).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken link: the event's number and what does not fit."""

    number: int
    what: str


def first_break(events: Iterable[tuple[Mapping[str, Any], str, str]], previous: str = GENESIS) -> Break | None:
    """The first event whose link does not hold, or None.

    events: (event, previous hash as stored, hash as stored) in the order of their numbers.
    """
    expected = 1
    for event, stored_previous, stored in events:
        number = int(event["number"])
        if number != expected:
            return Break(expected, f"event {expected} is missing")
        if stored_previous != previous:
            return Break(number, "it does not follow the event before it")
        if link(previous, event) != stored:
            return Break(number, "its content was changed")
        previous, expected = stored, expected + 1
    return None
