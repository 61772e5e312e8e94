"""S104: a number that nobody registered carries several signatures.

What it detects
    One full number, covered by no registered port at the time, under which two or more different signatures are seen.
Why it matters
    One extension, one signature: a number that several sign is handed from hand to hand, and here nobody even answers
    for it.
Basis
    Trade rule "one extension, one signature"; Telecommunications Regulations, article 28 (no unauthorised lease of
    codes); MIIT meeting of 2021-10-25 (no access for illegally sublet resources).
Not a hit
    Registered ports: for those S202 and S203 know who may sign. Signatures with fewer messages than `least_messages`.
Known gaps
    Two spellings of one name, or the columns of one publisher, count as several signatures: nobody said whose they are.
What the reviewer does
    Asks the gateway's staff who opened the number and has it registered; then the rules of registered ports judge.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registry.detection.rules._shape import enough, hit
from registry.detection.rules._sharing import shared_by, unregistered
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S104"
SEVERITY = Severity.LOW
KIND = "unregistered"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("port",)
SUMMARY = Sentence("未登记的号码{port}上出现多个签名", "{port}, which nobody registered, carries several signatures")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_signatures` on the number, each with at least `least_messages` in the window (messages)."""

    least_signatures: int = 2
    least_messages: int = 2


def applies(world: World) -> Any:
    """Signed facts of numbers that no registered port covers."""
    return unregistered(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers that several signatures share."""
    seen = enough(applies(world), ("port", "folded"), parameters.least_messages)
    return hit(shared_by(seen, "port", parameters.least_signatures), clause="NUMBER_SHARED")
