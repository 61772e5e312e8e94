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
    Facts hold a day's first and last moment: a day within which a permit ends or begins does not count.
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
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的许可不在有效期内",
    "the permit of 【{signature}】 on port {port} is not in force",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a port does not count (messages). `late_days`:
    a renewal that comes no later is late; a permit that ended so many days ago, and was not renewed, is used on.
    """

    least_messages: int = 1
    late_days: int = 21


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts that only time speaks against, or time first of all."""
    untimely = (_.BEFORE_PERMIT | _.AFTER_PERMIT) & ~_.CATEGORY_NOT_PERMITTED & ~_.PERMIT_SUSPENDED
    broken = world.verdicts.filter(~_.allowed & untimely)
    met = world.facts.join(broken.select("fact", "permit", "permit_valid_from", "permit_valid_until"), "fact")
    met = met.mutate(ended=met.first_at >= met.permit_valid_until)
    met = enough(met.filter(met.ended | (met.last_at < met.permit_valid_from)), SUBJECT, parameters.least_messages)
    renewals = world.permitted.select("line", "folded", renewed=_.permit_valid_from)
    renewals = renewals.group_by("line", "folded").agg(renewed=_.renewed.max())
    met = met.join(renewals, ["line", "folded"])
    long_ago = met.first_at - met.permit_valid_until >= parameters.late_days * DAY
    used_on = met.ended & long_ago & (met.renewed < met.permit_valid_until)
    clause = ibis.ifelse(met.ended, "AFTER_PERMIT", "BEFORE_PERMIT")
    return hit(met, permit=met.permit, clause=clause, kind=ibis.ifelse(used_on, "scope_expansion", "unregistered"))


DAY = 86_400_000  # milliseconds
