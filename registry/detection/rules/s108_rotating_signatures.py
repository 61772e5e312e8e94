"""S108: one-off signatures rotate on a number.

What it detects
    A registered number under which, beside what is permitted, many different signatures appear that are nobody's or
    strangers', each for a short time.
Why it matters
    Tenants who change their name every day are let in by somebody who lets the number.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); trade rule "one extension, one signature".
Not a hit
    Slips of permitted signatures; names that stand in a party's full name; what accounts outside the chain hand in,
    which may be a forged sender; fewer than `least_signatures` or `least_messages`.
Known gaps
    Where signatures could not be read for certain they are not counted.
What the reviewer does
    Asks the holder who stood behind the names; compares links and the accounts that paid.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import beside, by_chain, hit, loose, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S108"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line",)
SUMMARY = Sentence("端口{port}上轮换使用一次性签名", "one-off signatures rotate on port {port}")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_signatures` with `least_messages` in all, or `many_signatures`, however few messages; each is seen on at
    most `most_days` days or, in a long window, `most_share` of its days, on average.
    """

    least_signatures: int = 4
    least_messages: int = 20
    many_signatures: int = 8
    most_days: int = 3
    most_share: float = 0.3


def applies(world: World) -> Any:
    """Facts of signatures without a permit on registered numbers."""
    return meeting(loose(world), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers where names come and go."""
    lawful = world.owned.anti_join(world.strangers, "fact").select("fact")
    free = applies(world).filter(_.kin == "").anti_join(lawful, "fact")
    free = by_chain(world, free).filter(_.inside)
    free = summed(free, SUBJECT, "told")
    by_line = ibis.window(group_by="line")
    each = free.group_by("line", "folded").agg(days=_.day.nunique())
    each = each.mutate(names=_.folded.count().over(by_line), usual_days=_.days.mean().over(by_line))
    met = beside(free.join(each, ["line", "folded"]), world)
    most = ibis.greatest(met.window_days * parameters.most_share, parameters.most_days)
    several = (met.names >= parameters.least_signatures) & (met.told >= parameters.least_messages)
    met = met.filter((several | (met.names >= parameters.many_signatures)) & (met.usual_days <= most))
    return hit(met, clause="SIGNATURES_ROTATE")
