"""S106: a signature that grows.

What it detects
    A signature that nobody permitted on this number and that is one of the customer's own with more behind it
    (京东 becomes 京东金融), where it names a trade of its own licence, takes a large part of what the number sends, or
    sends a category that no permit there allows. `SIGNATURE_NOT_LISTED`: a registered signature of an owner who let the
    user send under another of its names here, where no letter of the owner to anybody in the chain lists this one.
Why it matters
    Scope grows by names: the receiver trusts the known beginning, and nobody looked at what stands behind the rest.
Basis
    MIIT meeting of 2021-10-25 (the scope of signatures is not to grow); the carriers' promises of March 2025.
Not a hit
    Slips of the pen; parts of a party's full name; registered signatures of declared users, which only lack a permit
    (S201); a trickle of a new name in the old trade, which is a filing not yet made (S101).
Known gaps
    A brand that does not stand in its owner's name is known only by its permitted signatures.
What the reviewer does
    Asks the owner whether the name is its own and who sells under it; has it filed, or stopped.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import all_bits, with_distinct
from registry.detection.rules._shape import beside, enough, hit, loose
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.texts.category import Category

CODE = "S106"
SEVERITY = Severity.HIGH
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "端口{port}上的签名【{signature}】由已许可签名扩展而来",
    "【{signature}】 on port {port} has grown out of a permitted signature",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window, `least_a_day` of the days on which it is seen, and `least_share` of the line's
    messages (0 to 1), or `share_of_regulated` where it names a trade of its own licence; in the old trade,
    `least_of_old` and `share_of_old` on `least_days` days: less is a trial of a name to be filed. `least_unlisted`
    messages under a name that the letters do not list.
    """

    least_messages: int = 20
    least_a_day: int = 2
    least_share: float = 0.05
    share_of_regulated: float = 0.01
    least_of_old: int = 30
    share_of_old: float = 0.1
    least_days: int = 3
    least_unlisted: int = 20


def applies(world: World) -> Any:
    """Facts of signatures without a permit on lines that have permitted ones."""
    return loose(world).semi_join(world.permitted, "line")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of grown signatures that are more than a new name of the old business."""
    own = world.owned.anti_join(world.strangers, "fact").select("fact")
    grown = enough(applies(world).filter(_.kin == "grown").anti_join(own, "fact"), SUBJECT, parameters.least_messages)
    lines = world.facts.group_by("line").agg(of_line=_.messages.sum())
    allowed = world.permitted.group_by("line").agg(allowed=all_bits(_.permit_categories))
    grown = beside(with_distinct(grown.join(lines, "line").join(allowed, "line"), "days", "day", *SUBJECT), world)
    group = ibis.window(group_by=list(SUBJECT))
    grown = grown.mutate(
        told=grown.messages.sum().over(group),
        beyond=((grown.category & ~grown.allowed & _PAID) != 0).any().over(group),
        paid=((grown.category & _PAID) != 0).any().over(group),
    )
    share = grown.told / grown.of_line
    new = (grown.beyond & (share >= parameters.least_share)) | (
        grown.regulated & grown.paid & (share >= parameters.share_of_regulated)
    )
    old = (grown.told >= parameters.least_of_old) & (share >= parameters.share_of_old)
    old &= grown.days >= ibis.least(grown.window_days, parameters.least_days)
    often = grown.told >= grown.days * parameters.least_a_day
    return hit(grown.filter(often & (new | old)), clause="SIGNATURE_GREW").union(_unlisted(world, parameters))


def _unlisted(world: World, parameters: Parameters) -> Any:
    """Facts under other names of an owner than those that its letters allow the line's user."""
    letters = world.letters.filter(~_.denied).select("applicant", "listed", owner="letter_owner").distinct()
    users = world.permitted.filter(_.user != _.owner).select("line", "owner", applicant="user")
    by_letter = users.semi_join(letters, ["owner", "applicant"]).select("line", "owner").distinct()
    listed = world.related.rename(applicant="enterprise").join(letters, "applicant")
    listed = listed.select("line", "owner", folded="listed").distinct()
    owned = world.facts.select("fact", "line", "folded").join(world.owned, "fact").join(by_letter, ["line", "owner"])
    others = applies(world).semi_join(owned.anti_join(listed, ["line", "owner", "folded"]), "fact")
    return hit(enough(others, SUBJECT, parameters.least_unlisted), clause="SIGNATURE_NOT_LISTED")


_PAID = int(Category.MARKETING | Category.DUNNING)
