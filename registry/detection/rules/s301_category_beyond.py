"""S301: a category beyond the permit.

What it detects
    Messages of a category that no permit for this signature on this port allows, in a share that classification noise
    does not explain.
Why it matters
    Marketing on a notice permit is the commonest way in which the approved scope of a signature grows.
Basis
    MIIT meeting of 2021-10-25 (the scope of signatures is not to grow); Telecommunications Regulations, article 28 (no
    change of use of codes).
Not a hit
    Fewer than `least_messages`, or less than `least_share` of what the signature sends on the port.
Known gaps
    The category is read from the text: wording that is made to look like a notice passes for one.
What the reviewer does
    Reads the samples; asks for the wider permit, or has the sending stopped.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import enough, hit, share_of
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S301"
SEVERITY = Severity.HIGH
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("port", "folded", "category")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上发送了许可之外的类别（{category}）",
    "【{signature}】 sends a category on port {port} that its permit does not allow ({category})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window, and `least_share` of the signature's messages on the port (0 to 1)."""

    least_messages: int = 20
    least_share: float = 0.05


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts whose category none of the matching permits allows."""
    broken = world.verdicts.filter(~_.allowed & _.CATEGORY_NOT_PERMITTED & ~_.PERMIT_SUSPENDED).select("fact", "permit")
    beyond = enough(world.facts.join(broken, "fact"), SUBJECT, parameters.least_messages)
    beyond = share_of(beyond, applies(world), ("port", "folded"), parameters.least_share)
    return hit(beyond, permit=beyond.permit, clause="CATEGORY_NOT_PERMITTED")
