"""S101: a signature that nobody registered.

What it detects
    Messages whose signature is, at the time of sending, no registered signature of anybody, however it is written
    (full width, case and traditional script do not count as differences).
Why it matters
    The receiver cannot know who sent it, and nobody answers for it. Register first, send after.
Basis
    The carriers' promises of March 2025 (registered signature = sent signature); Order 74, articles 21 to 23 (port-type
    SMS carries the sender's real identity).
Not a hit
    Messages without a signature, or whose signature could not be read for certain: those are counted as such.
Known gaps
    A misspelt signature and a forged sender look alike here: the port and the amount tell them apart.
What the reviewer does
    Looks whether it is a misspelling of a signature that the port may carry; else asks the holder whose it is.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registry.detection.rules._shape import enough, hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S101"
SEVERITY = Severity.MEDIUM
KIND = "unregistered"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "端口{port}上出现未登记签名【{signature}】", "port {port} carries 【{signature}】, which nobody registered"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a port does not count (messages)."""

    least_messages: int = 1


def applies(world: World) -> Any:
    """Facts whose signature was read."""
    return world.signed()


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of signatures that are nobody's."""
    unknown = world.signed().anti_join(world.owned, "fact")
    return hit(enough(unknown, SUBJECT, parameters.least_messages), clause="SIGNATURE_NOT_REGISTERED")
