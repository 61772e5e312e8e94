"""S201: a registered signature without a permit on this port.

What it detects
    A signature whose owner may stand behind messages of this port, yet for which no permit names this port.
Why it matters
    The scope of a signature grows port by port when nobody asks; what is not permitted cannot be bounded either.
Basis
    MIIT meeting of 2021-10-25 (the scope of signatures is not to grow); the carriers' promises of March 2025.
Not a hit
    Signatures of strangers to the port: S203 names those. Permits that ended or have not begun: S302.
Known gaps
    A permit that was filed and is still being looked at counts as none.
What the reviewer does
    Has the permit filed; where one was refused before, treats the use as beyond scope.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registry.detection.rules._shape import enough, hit
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S201"
SEVERITY = Severity.MEDIUM
KIND = "unregistered"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence("签名【{signature}】在端口{port}上没有许可", "【{signature}】 has no permit on port {port}")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a port does not count (messages)."""

    least_messages: int = 5


def applies(world: World) -> Any:
    """Facts of registered signatures on registered ports."""
    return meeting(world.facts.semi_join(world.owned, "fact"), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts that no permit matches, whose owner is no stranger to the port."""
    loose = applies(world).anti_join(world.matched, "fact").anti_join(world.strangers, "fact")
    return hit(enough(loose, SUBJECT, parameters.least_messages), clause="NO_PERMIT")
