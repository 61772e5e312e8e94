"""Proving that events stand in the trail to somebody who sees no other event. Pure.

The hashes of a span of events are the leaves of a Merkle tree (RFC 6962, section 2.1). An event's own hash, the path of
its neighbours and the root are enough to hold it against the root; the last leaf is the link that a checkpoint signs.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAF, NODE = b"\0", b"\1"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One step of a path: the hash beside, and whether it stands to the left."""

    hash: str
    left: bool


def root(links: Sequence[str]) -> str:
    """The root over these links (64 hexadecimal digits each, at least one)."""
    *_lower, top = _levels(links)
    return top[0].hex()


def paths(links: Sequence[str], places: Sequence[int]) -> list[list[Neighbour]]:
    """The path of each of these places, from the leaf up to the root."""
    levels = list(_levels(links))
    return [list(_path(levels, place)) for place in places]


def holds(link: str, path: Sequence[Neighbour], expected: str) -> bool:
    """Whether a link with this path leads to the root."""
    at = _hashed(LEAF, bytes.fromhex(link))
    for each in path:
        beside = bytes.fromhex(each.hash)
        at = _hashed(NODE, beside, at) if each.left else _hashed(NODE, at, beside)
    return at.hex() == expected


def signature(key: bytes, first: int, last: int, top: str) -> str:
    """What the registry signs: the root over the events from one number to another."""
    return hmac.new(key, f"inclusion\n{first}\n{last}\n{top}".encode(), hashlib.sha256).hexdigest()


def _levels(links: Sequence[str]) -> Iterator[list[bytes]]:
    level = [_hashed(LEAF, bytes.fromhex(link)) for link in links]
    yield level
    while len(level) > 1:
        pairs = [_hashed(NODE, *level[place : place + 2]) for place in range(0, len(level) - 1, 2)]
        level = [*pairs, level[-1]] if len(level) % 2 else pairs  # an odd one goes up as it is
        yield level


def _path(levels: list[list[bytes]], place: int) -> Iterator[Neighbour]:
    for level in levels[:-1]:
        beside = place ^ 1
        if beside < len(level):
            yield Neighbour(level[beside].hex(), left=beside < place)
        place //= 2


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
