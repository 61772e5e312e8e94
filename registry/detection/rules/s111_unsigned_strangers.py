"""S111: a stranger sends without a signature.

What it detects
    Messages without any signature, from accounts of the number's chain, that carry links or telephone numbers which no
    party to the number declared.
Why it matters
    Whoever names nobody can't be held to a name: it is how others' messages pass where only signatures are compared.
Basis
    Order 74, articles 21 to 23 (port-type SMS carries the sender's real identity); MIIT meeting of 2021-10-25 (no
    access for illegally sublet resources).
Not a hit
    Parts of a message whose signature stands in another part; shared links and hotlines, and those of the customer,
    the agents and the holder; few messages.
Known gaps
    Strangers whose texts name no link and no number.
What the reviewer does
    Reads the samples, finds whose the links and numbers are, and asks why the gateway took messages without a name.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import by_chain, carrying, enough, hit
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S111"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line",)
POINTS = 50
SUMMARY = Sentence("端口{port}发送无签名的他人内容", "port {port} carries a stranger's content without any signature")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` with strange links or numbers in the window, and `least_share` of those without a signature."""

    least_messages: int = 20
    least_share: float = 0.2


def applies(world: World) -> Any:
    """Facts without a signature, on registered numbers."""
    return meeting(world.facts.filter(_.read == "absent"), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Those of the chain that carry strange links and numbers."""
    unsigned = by_chain(world, applies(world)).filter(_.inside)
    unsigned = enough(unsigned, SUBJECT, parameters.least_messages)
    met = carrying(world, unsigned, parameters.least_messages, parameters.least_share)
    return hit(met, tenant=met.tenant, clause="STRANGE_CONTENT")
