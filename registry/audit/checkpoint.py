"""A checkpoint: number and hash of the chain's last link, signed, kept where the database cannot reach it.

A chain whose tail was cut off is whole in itself; only somebody who saw more of it can tell.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass


class BadCheckpoint(ValueError):  # noqa: N818 - it says what the file is
    """The text is no checkpoint of this registry; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was the last link at a moment (RFC 3339)."""

    number: int
    hash: str
    at: str

    def written(self, key: bytes) -> str:
        """The checkpoint as JSON, with a keyed hash that nobody makes without the key."""
        return json.dumps(self.members(key), indent=2) + "\n"

    def members(self, key: bytes) -> dict[str, str | int]:
        """The members of that JSON."""
        return {"number": self.number, "hash": self.hash, "at": self.at, "signature": self._signed(key)}

    def _signed(self, key: bytes) -> str:
        said = f"checkpoint\n{self.number}\n{self.hash}\n{self.at}".encode()
        return hmac.new(key, said, hashlib.sha256).hexdigest()


def read(text: str, key: bytes) -> Checkpoint:
    """The checkpoint that a text holds. Raises BadCheckpoint where it is none, or not signed with this key."""
    try:
        members = json.loads(text)
        found = Checkpoint(int(members["number"]), str(members["hash"]), str(members["at"]))
        signature = str(members["signature"])
    except (ValueError, KeyError, TypeError):
        raise BadCheckpoint("this is no checkpoint: make one with `audit checkpoint FILE`") from None
    if not hmac.compare_digest(signature.encode(), found._signed(key).encode()):  # noqa: SLF001 - its own module
        raise BadCheckpoint("the checkpoint's signature does not fit: it was changed, or another registry made it")
    return found
