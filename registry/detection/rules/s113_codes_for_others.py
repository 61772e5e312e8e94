"""S113: verification codes that open what others own.

What it detects
    A permitted signature whose verification codes open several applications of others: by registered names none of
    whose owners is a party to the number, or by names that nobody registered.
Why it matters
    Codes are let through where offers are not, so they are what is sold on: one company's channel sends the codes of
    applications that would get none of their own.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom and Online Fraud Law,
    article 31.
Not a hit
    Codes for payments, which name who is paid; signatures that send on behalf of others; names that many senders'
    codes speak of, or that begin as the signature or a party's name does; one other, such as a partner's; few messages.
Known gaps
    Codes that say nothing of what they open, or name it in two characters and other words than such codes do. A company
    whose applications bear names of their own looks as one that lends its channel: it has their names registered.
What the reviewer does
    Reads the samples, finds whose the applications are, and asks the customer for the contracts with them.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import common_from, enough, for_oneself, hit, share_of, summed
from registry.detection.speaking import OPENS
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.texts.category import Category
from registry.texts.naming import HEAD

CODE = "S113"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
POINTS = 55
SUMMARY = Sentence(
    "端口{port}上签名【{signature}】为他人的应用发送验证码（{value}）",
    "【{signature}】 on port {port} sends codes for others' applications ({value})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_names` of others, told apart by how they begin, `least_each` times each, in `least_messages`, which are
    `least_share` of the signature's codes there (0 to 1).
    """

    least_names: int = 2
    least_each: int = 5
    least_messages: int = 20
    least_share: float = 0.02


def applies(world: World) -> Any:
    """Verification codes that a permit matches, but for those on behalf of others."""
    return for_oneself(world).filter(_.category == int(Category.VERIFICATION))


def hits(world: World, parameters: Parameters) -> Any:
    """Codes that speak of several others."""
    judged = applies(world)
    others = world.named.filter(_.kind == OPENS).semi_join(judged, list(SUBJECT))
    others = with_distinct(others, "senders", "folded", "name").cross_join(common_from(world))
    others = summed(others.filter(_.senders <= _.common), (*SUBJECT, "name"), "told")
    others = _not_of_parties(others.filter(_.told >= parameters.least_each), world)
    others = with_distinct(others.mutate(head=_.name.substr(0, HEAD)), "names", "head", *SUBJECT)
    several = enough(others.filter(_.names >= parameters.least_names), SUBJECT, parameters.least_messages)
    met = share_of(several, judged, SUBJECT, parameters.least_share)
    return hit(met, clause="OTHERS_CONTENT", value=met.value)


def _not_of_parties(others: Any, world: World) -> Any:
    """Without names that begin as part of a party's own."""
    of_parties = world.related.join(world.parties.select("enterprise", party="name"), "enterprise")
    met = others.select("line", "name").distinct().join(of_parties, "line")
    met = met.filter(_.party.contains(_.name.substr(0, HEAD)))
    return others.anti_join(met.select("line", "name").distinct(), ["line", "name"])
