"""S107: a protected name, or one that looks like it, is used by strangers.

What it detects
    A signature that nobody registered and that looks, reads or sounds like a protected name, on a number where that
    name's owner may not stand behind messages; and the very name of an authority on such a number.
Why it matters
    It is how banks and authorities are impersonated: the receiver does not see one stroke.
Basis
    Anti Telecom and Online Fraud Law, article 31; Order 74, articles 21 to 23 (no false or borrowed sender).
Not a hit
    A slip of the owner on its own number; names that grew out of the customer's own; registered names one character
    apart, which are lawful; fewer than `least_messages`.
Known gaps
    Only protected names and those of authorities are guarded; pictures of characters that the tables lack.
What the reviewer does
    Has the sending stopped at once, tells the owner of the name, and looks who opened the number.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import enough, hit, loose
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S107"
SEVERITY = Severity.CRITICAL
KIND = "impersonation"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "端口{port}上的签名【{signature}】仿冒受保护名称", "【{signature}】 on port {port} passes for a protected name"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a line does not count (messages)."""

    least_messages: int = 10


def applies(world: World) -> Any:
    """Facts of signatures without a permit on their number."""
    return loose(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of lookalikes and of authorities' names where their owners have no part in the number."""
    free = applies(world)
    like = free.filter((_.like != "") & _.kin.isin(["", "grown"])).anti_join(world.owned, "fact")
    owners = world.guarded.select("folded", "owner")
    named = like.join(owners, like.like == owners.folded, rname="like_{name}").select("fact", "port", "owner", *_TIMES)
    at_home = meeting(named.rename(enterprise="owner"), world.declared, "port", "enterprise").select("fact")
    like = like.filter(~_.fact.isin(at_home.fact)).mutate(clause=ibis.literal("LOOKS_LIKE_PROTECTED"))
    official = world.strangers.join(free.select("fact", "folded"), "fact")
    official = official.semi_join(world.guarded.filter(_.official), ["folded", "owner"]).select("fact").distinct()
    seen = free.semi_join(official, "fact").mutate(clause=ibis.literal("NAME_OF_AUTHORITY"))
    found = enough(like.union(seen), SUBJECT, parameters.least_messages)
    return hit(found, clause=found.clause)


_TIMES = ("first_at", "last_at")
