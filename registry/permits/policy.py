"""Decisions about permits that need no table."""

from collections.abc import Mapping

from registry.ports.prefix import pattern


def in_common(port: str, taken: Mapping[str, str]) -> str | None:
    """Who has a permit on a port that this one has in common with it, or None.

    `port` and the keys of `taken` are exact numbers or prefixes with a `*`; the values of `taken` are the answer.
    """
    mine = pattern(port)
    for other, owner in taken.items():
        theirs = pattern(other)
        if mine.matches(theirs.digits) or theirs.matches(mine.digits):
            return owner
    return None
