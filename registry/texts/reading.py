"""The reading of messages in Python: the same steps as in the engine, one message at a time."""

import re
from dataclasses import dataclass
from typing import Any

from registry.texts import patterns
from registry.texts.category import Category
from registry.texts.content import LEAST_SURE, content_steps
from registry.texts.signing import signature_steps
from registry.texts.terms import Step, column

_CONTENT = column("content")
_SIGNATURE_STEPS = signature_steps(_CONTENT)
_CONTENT_STEPS = content_steps(_CONTENT)
_PARTS = tuple(re.compile(pattern) for pattern in (patterns.PART_MARK_AT_START, patterns.PART_MARK_AT_END))


@dataclass(frozen=True, slots=True)
class Reading:
    """A signature as read: `where` is start, end, middle or empty; `read` is read, absent, part_missing or ambiguous.

    `sure` goes from 0 to 100: of the signature, or of there being none.
    """

    signature: str
    where: str
    read: str
    sure: int


@dataclass(frozen=True, slots=True)
class MessageReading:
    """A message as read. `refusals` are the words of the opt-out, links are host and path as written, `domains` their
    registrable ones, contacts digits only.
    """

    signature: str
    where: str
    read: str
    sure: int
    category: Category
    category_sure: int
    opt_out: bool
    refusals: tuple[str, ...]
    links: tuple[str, ...]
    domains: tuple[str, ...]
    contacts: tuple[str, ...]

    @property
    def counted(self) -> Category:
        """The category that is held against a permit: a doubtful one counts as a notice."""
        return self.category if self.category_sure >= LEAST_SURE else Category.NOTICE


def read_signature(text: str) -> Reading:
    """The signature of a message."""
    row = run(_SIGNATURE_STEPS, {"content": text})
    return Reading(row["signature"], row["signature_where"], row["signature_read"], row["signature_sure"])


def read_message(text: str) -> MessageReading:
    """The signature, category, opt-out, links and contacts of a message."""
    row = run(_SIGNATURE_STEPS + _CONTENT_STEPS, {"content": text})
    return MessageReading(
        signature=row["signature"],
        where=row["signature_where"],
        read=row["signature_read"],
        sure=row["signature_sure"],
        category=Category(row["category"]),
        category_sure=row["category_sure"],
        opt_out=row["opt_out"],
        refusals=tuple(row["refusals"]),
        links=tuple(row["links"]),
        domains=tuple(row["link_domains"]),
        contacts=tuple(row["contacts"]),
    )


def part_mark(text: str) -> tuple[int, int] | None:
    """Which part of how many a text says it is, as in (2/3); None where it says nothing or nonsense."""
    for pattern in _PARTS:
        if found := pattern.search(text):
            number, total = (int(group) for group in found.groups() if group)
            if 1 <= number <= total and total > 1:
                return number, total
    return None


def run(steps: list[Step], row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a text with what the steps add to them."""
    for step in steps:
        row |= {name: term.value(row) for name, term in step.items()}
    return row
