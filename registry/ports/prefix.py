"""Digits of ports and the arithmetic of their prefixes.

A prefix stands for every port that begins with it. On numbers padded to twenty digits that is a half-open range, and
ranges of prefixes are either nested or apart: what the exclusion constraints of the database rest on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from registry.kernel.sentence import Sentence, Unreadable

LEAST_DIGITS = 3  # the shortest service numbers: 110
MOST_DIGITS = 20  # CMPP's Src_Id holds 21 octets, 20 of them usable
_DIGITS = re.compile(r"[0-9]+\Z")
_EMPTY = Sentence("端口号码为空", "the port is empty")
_NOT_DIGITS = Sentence(
    "端口号码只能由半角数字组成：第{place}位的{found}不是",
    "a port has ASCII digits only: {found} at place {place} is none",
)
_LENGTH = Sentence(
    "端口号码应为{least}至{most}位数字，此号码为{length}位",
    "a port has {least} to {most} digits, this one has {length}",
)


def parse(text: str) -> str:
    """The digits of a port or prefix. Raises Unreadable (a ValueError) that says what is wrong, and where."""
    if not text:
        raise Unreadable("PORT_EMPTY", _EMPTY)
    if not _DIGITS.match(text):
        place, found = next((n, c) for n, c in enumerate(text, 1) if c not in "0123456789")
        raise Unreadable("PORT_NOT_DIGITS", _NOT_DIGITS.about(found=repr(found), place=place))
    if not LEAST_DIGITS <= len(text) <= MOST_DIGITS:
        raise Unreadable("PORT_LENGTH", _LENGTH.about(least=LEAST_DIGITS, most=MOST_DIGITS, length=len(text)))
    return text


def is_valid(text: str) -> bool:
    """Whether a text is a port's digits."""
    return _DIGITS.match(text) is not None and LEAST_DIGITS <= len(text) <= MOST_DIGITS


def span(prefix: str) -> tuple[int, int]:
    """The range `[low, high)` of all ports under a prefix, as numbers padded to twenty digits. Raises ValueError."""
    width = 10 ** (MOST_DIGITS - len(parse(prefix)))
    low = int(prefix) * width
    return low, low + width


def covers(prefix: str, port: str) -> bool:
    """Whether a port (or a narrower prefix) stands under a prefix; a port stands under itself."""
    return port.startswith(prefix)


def overlaps(one: str, other: str) -> bool:
    """Whether two prefixes have a port in common: one covers the other."""
    return one.startswith(other) or other.startswith(one)


def extension_of(prefix: str, port: str) -> str:
    """The digits that a port adds to a prefix, empty for the prefix itself. Raises ValueError where it adds none."""
    if not covers(prefix, port):
        raise ValueError(f"port {port} does not begin with {prefix}")
    return port[len(prefix) :]


def prefixes_of(port: str) -> list[str]:
    """Every prefix under which a port stands, itself first, then ever shorter ones."""
    return [port[:length] for length in range(len(port), LEAST_DIGITS - 1, -1)]


def most_specific(prefixes: Iterable[str], port: str) -> str | None:
    """The longest of these prefixes that covers a port, or None."""
    return max((prefix for prefix in prefixes if covers(prefix, port)), key=len, default=None)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where a permit applies: one exact port, or every port under a prefix (written with a `*` at the end)."""

    digits: str
    exact: bool

    def matches(self, port: str) -> bool:
        """Whether a port is meant."""
        return port == self.digits if self.exact else covers(self.digits, port)

    def __str__(self) -> str:
        return self.digits if self.exact else f"{self.digits}*"


def pattern(text: str) -> Pattern:
    """The pattern that a text writes: `106900011` or `106900011*`. Raises ValueError as `parse` does."""
    return Pattern(parse(text.removesuffix("*")), exact=not text.endswith("*"))
