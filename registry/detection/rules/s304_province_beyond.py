"""S304: sent to provinces beyond the permit.

What it detects
    Signatures on ports whose recipients live, in a share and number that travel does not explain, in provinces that no
    permit in force allows.
Why it matters
    Provincial codes are assigned for a province; a shop of one city that sends to the whole country is often another's.
Basis
    Scope of the permit; plan of telecommunication codes (codes within a province).
Not a hit
    Fewer than `least_messages` outside, or less than `least_share` of the messages: people move. Of a small sender
    `few_messages` are enough where they are `large_share` of all.
Known gaps
    Recipients whose home the gateway does not know are left out of both counts.
What the reviewer does
    Asks where the recipients come from, and whether the content is the user's own.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import hit, permitted, telling
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S304"
SEVERITY = Severity.MEDIUM
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content", "province")
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上大量发往许可之外的省份",
    "【{signature}】 on port {port} goes to provinces beyond its permit",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` outside in the window, and `least_share` of the messages with a known home (0 to 1); or
    `few_messages` and `large_share`.
    """

    least_messages: int = 30
    least_share: float = 0.15
    few_messages: int = 15
    large_share: float = 0.25


def applies(world: World) -> Any:
    """Messages by province of signatures that have a permit at the time: adds `permit` and the `allowed` provinces."""
    known = world.provinces.filter((_.province != "") & (_.folded != ""))
    return permitted(world, known, "permit_provinces")


def hits(world: World, parameters: Parameters) -> Any:
    """Messages to provinces that no permit in force allows."""
    judged = applies(world)
    outside = judged.filter((_.bit & _.allowed) == 0)
    many, large = (parameters.least_messages, parameters.least_share), (parameters.few_messages, parameters.large_share)
    outside = telling(outside, judged, SUBJECT, many, large)
    return hit(outside, permit=outside.permit, clause="PROVINCE_NOT_PERMITTED")
