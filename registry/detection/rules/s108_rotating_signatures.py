"""S108: one-off signatures rotate on a number.

What it detects
    A registered number under which, beside what is permitted, many different signatures appear that are nobody's or
    strangers', each for a short time; slips of permitted ones too, where many different ones make up a noticeable part.
Why it matters
    Tenants who change their name every day are let in by somebody who lets the number.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); trade rule "one extension, one signature".
Not a hit
    A slip of a permitted signature now and then; names that stand in a party's full name; what accounts outside the
    chain hand in, which may be a forged sender; fewer than `least_signatures` or `least_messages`; few messages of a
    busy number.
Known gaps
    Where signatures could not be read for certain they are not counted. Slips that stay do not rotate (S101).
What the reviewer does
    Asks the holder who stood behind the names; compares links and the accounts that paid.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import beside, by_chain, hit, loose, share_of, summed
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
    """`least_signatures` with `least_messages` in all, or `many_signatures`, however few messages; all of them are
    `least_share` of the line's messages (0 to 1), for many customers make many slips; each is seen on at most
    `most_days` days or, in a long window, `most_share` of its days, on average. Slips count where they are
    `least_slips` different ones with `share_of_slips` of the line's messages (0 to 1).
    """

    least_signatures: int = 4
    least_messages: int = 20
    many_signatures: int = 8
    least_share: float = 0.005
    most_days: int = 3
    most_share: float = 0.3
    least_slips: int = 4
    share_of_slips: float = 0.05


def applies(world: World) -> Any:
    """Facts of signatures without a permit on registered numbers."""
    return meeting(loose(world), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers where names come and go."""
    lawful = world.owned.anti_join(world.strangers, "fact").select("fact")
    free = _nobodys(world, parameters).anti_join(lawful, "fact")
    free = by_chain(world, free).filter(_.inside)
    free = summed(free, SUBJECT, "told")
    by_line = ibis.window(group_by="line")
    each = free.group_by("line", "folded").agg(days=_.day.nunique())
    each = each.mutate(names=_.folded.count().over(by_line), usual_days=_.days.mean().over(by_line))
    met = beside(free.join(each, ["line", "folded"]), world)
    most = ibis.greatest(met.window_days * parameters.most_share, parameters.most_days)
    several = (met.names >= parameters.least_signatures) & (met.told >= parameters.least_messages)
    met = met.filter((several | (met.names >= parameters.many_signatures)) & (met.usual_days <= most))
    met = share_of(met, world.facts, SUBJECT, parameters.least_share)
    return hit(met, clause="SIGNATURES_ROTATE")


def _nobodys(world: World, parameters: Parameters) -> Any:
    """Facts of names that stand in no way to the line, and of slips where they are no slips any more."""
    found = applies(world)
    slips = by_chain(world, found.filter(_.kin == "misspelt")).filter(_.inside)
    each = slips.group_by("line").agg(slips=_.folded.nunique(), told=_.messages.sum())
    whole = world.facts.group_by("line").agg(whole=_.messages.sum())
    each = each.join(whole, "line").filter(_.slips >= parameters.least_slips)
    varied = each.filter(_.told >= _.whole * parameters.share_of_slips)
    return found.filter(_.kin == "").union(slips.semi_join(varied, "line").drop("inside"))
