"""S401: a letter that its owner denied.

What it detects
    Messages under a permit or over a hop whose letter of authorisation the owner of the signature, when asked,
    denied.
Why it matters
    A forged letter is how a stranger's name is taken; the owner's word is worth more than the paper.
Basis
    Letters of authorisation say who may use whose names until when; Anti Telecom and Online Fraud Law, article 31
    (no invented agency relation).
Not a hit
    Letters that nobody was asked about; a denied letter beside another that is in force for the same names.
Known gaps
    An owner who denies by mistake looks the same: the appeal sorts it out.
What the reviewer does
    Stops the use, keeps the letter as evidence, and tells the owner who used the name.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._letters import lettered, without_letter
from registry.detection.rules._shape import enough, hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S401"
SEVERITY = Severity.CRITICAL
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上所依据的授权书被权利人否认",
    "the owner denied the letter on which 【{signature}】 on port {port} rests",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a line does not count (messages)."""

    least_messages: int = 10


def applies(world: World) -> Any:
    """Facts under permits or over hops that rest on letters."""
    return lettered(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts for which only denied letters speak."""
    denied = enough(without_letter(world).filter(_.denied), SUBJECT, parameters.least_messages)
    return hit(denied, permit=denied.permit, clause="LETTER_DENIED")
