"""S302: sent before the permit begins or after it has ended.

What it detects
    Messages that a permit would allow, had it been in force: it had ended, or had not yet begun.
Why it matters
    A permit that ended is no permit; what is renewed without being looked at is never looked at again.
Basis
    Period of the permit as approved; MIIT meeting of 2021-10-25 (look back regularly).
Not a hit
    Spans that several permits, one after the other, cover without a gap.
Known gaps
    Facts hold a day's first and last moment: where a permit ends within the day the whole fact counts.
What the reviewer does
    Reminds of the renewal where papers only came late; otherwise has the sending stopped.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import enough, hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S302"
SEVERITY = Severity.MEDIUM
KIND = "unregistered"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("port", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的许可不在有效期内",
    "the permit of 【{signature}】 on port {port} is not in force",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a port does not count (messages)."""

    least_messages: int = 1


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts that only time speaks against, or time first of all."""
    untimely = (_.BEFORE_PERMIT | _.AFTER_PERMIT) & ~_.CATEGORY_NOT_PERMITTED & ~_.PERMIT_SUSPENDED
    broken = world.verdicts.filter(~_.allowed & untimely)
    broken = broken.mutate(clause=ibis.ifelse(broken.AFTER_PERMIT, "AFTER_PERMIT", "BEFORE_PERMIT"))
    met = world.facts.join(broken.select("fact", "permit", "clause"), "fact")
    met = enough(met, SUBJECT, parameters.least_messages)
    return hit(met, permit=met.permit, clause=met.clause)
