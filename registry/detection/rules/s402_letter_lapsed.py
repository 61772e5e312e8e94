"""S402: a letter that has ended.

What it detects
    Messages under a permit whose letter of authorisation had ended long before, and was not renewed.
Why it matters
    The owner allowed its name until a day; what is sent after it is sent without the owner.
Basis
    Letters of authorisation say who may use whose names until when; Anti Telecom and Online Fraud Law, article 31
    (no invented agency relation).
Not a hit
    Letters that ended less than `late_days` before, or that were renewed, however late: the record is wrong then,
    and nobody cheats. Another letter in force for the same names.
Known gaps
    Hops' letters that ended weigh little: the permit has its own.
What the reviewer does
    Reminds of the renewal, or stops the use and asks the owner.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._letters import lettered, without_letter
from registry.detection.rules._shape import DAY, enough, hit, unusual
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S402"
SEVERITY = Severity.MEDIUM
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上所依据的授权书已过期",
    "the letter on which 【{signature}】 on port {port} rests has ended",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window; `late_days`: a renewal that comes no later is late. If more than `most_share` of
    all lettered signatures use ended letters, it is the registry that lacks the new ones.
    """

    least_messages: int = 10
    late_days: int = 21
    most_share: float = 0.25


def applies(world: World) -> Any:
    """Facts under permits or over hops that rest on letters."""
    return lettered(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts after the end of all letters that speak for them."""
    ended = without_letter(world).filter(~_.denied & _.listed & _.ended)
    ended = enough(ended, SUBJECT, parameters.least_messages)
    ended = unusual(ended, lettered(world), SUBJECT, parameters.most_share)
    long_ago = ended.first_at - ended.ended_at >= parameters.late_days * DAY
    cheat = long_ago & ~ended.renewed & ended.of_permit & ended.unusual
    kind = ibis.ifelse(cheat, "sublet", "unregistered")
    return hit(ended, permit=ended.permit, clause="LETTER_ENDED", kind=kind)
