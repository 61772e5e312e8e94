"""S114: strangers on a number that nobody holds.

What it detects
    On a number that no registered port covers, or no more, names whose messages carry links or telephone numbers which
    nobody declared: several that nobody registered, or any of a number that went back within the days looked at
    (somebody lets the number); or one that is protected (somebody poses as its owner). On a number that went back also
    what an enterprise hands in that was never a party to it, but for its own names.
Why it matters
    A number that went back, or was never registered, has no holder whom one could ask; it is still let, and forged.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Measures for the administration of
    telecommunication network codes.
Not a hit
    A name alone that nobody registered, or a registered one with links of its owner's: filings not yet made (S102);
    few messages.
Known gaps
    Names whose texts name no link and no number; what known enterprises hand in on numbers that nobody held, whose
    links are not looked at.
What the reviewer does
    Asks the gateway's staff by whose contract the number is open, and has it closed; tells the owner of the name.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import carrying, enough, hit, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S114"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
POINTS = 55
SUMMARY = Sentence(
    "无人持有的号码{port}以签名【{signature}】发送他人内容",
    "strangers send as 【{signature}】 on {port}, which nobody holds",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` under a name, of which `least_carried` and `least_share` (0 to 1) carry what is strange, for
    `least_names` on a number; `least_posing` under a protected name.
    """

    least_messages: int = 10
    least_carried: int = 5
    least_share: float = 0.2
    least_names: int = 2
    least_posing: int = 20


def applies(world: World) -> Any:
    """Signed facts on numbers that no registered port covers."""
    covered = meeting(world.facts, world.covering, "port").select("fact")
    return world.signed().anti_join(covered, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of names that carry what is strange: several unknown ones, or a protected one."""
    free = enough(applies(world), SUBJECT, parameters.least_messages)
    met = carrying(world, free, parameters.least_carried, parameters.least_share)
    unknown = with_distinct(met.anti_join(world.owned, "fact"), "names", "folded", "line")
    posing = met.semi_join(world.guarded.anti_join(met.select("folded", owner="tenant"), ["folded", "owner"]), "folded")
    posing = summed(posing, SUBJECT, "in_all")
    posing = posing.filter(_.in_all >= parameters.least_posing)
    several = unknown.filter(_.names >= parameters.least_names).select(*met.columns)
    let = several.union(met.semi_join(world.covering, "port"), distinct=True).anti_join(posing, "fact")
    others = _by_outsiders(free, world).anti_join(let.select("fact").union(posing.select("fact")), "fact")
    return ibis.union(
        hit(let, clause="STRANGE_CONTENT"),
        hit(others, tenant=others.sender, clause="SUBMITTER_OUTSIDE_CHAIN"),
        hit(posing, clause="PROTECTED_NAME", kind="impersonation"),
    )


def _by_outsiders(free: Any, world: World) -> Any:
    """What enterprises that were never a party hand in on a number that went back, but for names of their own."""
    handed = free.filter(_.sender != "").semi_join(world.covering, "port")
    handed = handed.anti_join(world.related.rename(sender="enterprise"), ["line", "sender"])
    return handed.anti_join(world.owned.rename(sender="owner"), ["fact", "sender"])
