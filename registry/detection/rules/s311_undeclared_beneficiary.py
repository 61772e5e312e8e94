"""S311: content of somebody who is no declared beneficiary.

What it detects
    Under a permit on behalf of merchants, members, franchisees or branches: links or numbers that no declared
    beneficiary, no party to the number and no filed template has; those of one whose time ended three weeks or more
    before the days looked at.
Why it matters
    The seed's own case: merchants under a marketplace's signature whom the platform never declared, so that nobody
    knows who sends.
Basis
    MIIT meeting of 2021-10-25 (platforms examine themselves); permit on behalf of declared beneficiaries.
Not a hit
    Declared beneficiaries; shared links and hotlines; values that many signatures carry; few messages; a link
    that nobody declared and that begins as one that the permit or a beneficiary declares. A permit without any
    declared beneficiary is a filing that lacks them, and weighs little.
Known gaps
    Merchants whose texts name neither link nor number; those on a path of the platform's own domain.
What the reviewer does
    Has the platform declare the merchants with their contracts, or stop them.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import carried, hit, on_days, own_sites, rare_values, summed
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S311"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "平台签名【{signature}】在端口{port}上为未报备的实际使用人发送（{value}）",
    "【{signature}】 on port {port} sends for somebody who is no declared beneficiary ({value})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` with a value, `least_in_all` of all undeclared values together, and `least_share` of the
    signature's messages on the line (0 to 1); on a small line `few_messages`, `few_in_all` and `large_share` do, on a
    large one `several` values, each seen on `several_days`, of `several_in_all` messages and `several_share`; of those
    who are beneficiaries of the very permit no more, `former_in_all` messages.
    """

    least_messages: int = 5
    least_in_all: int = 20
    least_share: float = 0.02
    few_messages: int = 2
    few_in_all: int = 12
    large_share: float = 0.08
    several: int = 2
    several_days: int = 3
    several_in_all: int = 12
    several_share: float = 0.003
    former_in_all: int = 10


def applies(world: World) -> Any:
    """Facts that a permit on behalf of others matches."""
    behalf = world.permitted.filter(_.on_behalf != "none")
    return world.facts.semi_join(world.matched, "fact").semi_join(behalf, ["line", "folded"])


def hits(world: World, parameters: Parameters) -> Any:
    """Values of those whom nobody declared."""
    odd = carried(rare_values(world), applies(world)).filter(_.told >= parameters.few_messages)
    odd = odd.anti_join(own_sites(odd, world), ["line", "folded", "kind", "value"])
    odd = odd.filter(~_.mobile | (_.known_of != "")).mutate(often=_.told >= parameters.least_messages)
    odd = summed(summed(odd, SUBJECT, "in_all"), SUBJECT, "in_often", "often")
    many = _.often & (_.in_often >= parameters.least_in_all) & (_.in_often >= _.whole * parameters.least_share)
    few = (_.in_all >= parameters.few_in_all) & (_.in_all >= _.whole * parameters.large_share)
    odd = ibis.union(odd.filter(many | few), _several(odd, parameters), _former(odd, world, parameters)).distinct()
    named = world.permitted.semi_join(world.values.filter(_.beneficiary), "permit")
    named = named.select("line", "folded").distinct().mutate(named=True)
    odd = odd.left_join(named, ["line", "folded"], rname="named_{name}")
    kind = ibis.ifelse(odd.named.notnull() | (odd.known_of != ""), "sublet", "other")
    return hit(odd, tenant=odd.known_of, clause="NO_BENEFICIARY", kind=kind, value=odd.value)


def _former(odd: Any, world: World, parameters: Parameters) -> Any:
    """Values of those who were declared for the permit, and are no more."""
    ended = world.permitted.join(world.values.filter(_.ended), "permit", rname="value_{name}")
    ended = ended.select("line", "folded", "kind", "value").distinct()
    former = summed(odd.semi_join(ended, ended.columns), SUBJECT, "of_former")
    return former.filter(_.of_former >= parameters.former_in_all).drop("of_former")


def _several(odd: Any, parameters: Parameters) -> Any:
    """Values often met of lines that have enough of them: of a large platform each merchant is a small part."""
    often = on_days(odd.filter(_.often), (*SUBJECT, "kind", "value")).filter(_.days >= parameters.several_days)
    often = summed(often.drop("days"), SUBJECT, "in_often")
    enough = ibis.greatest(_.whole * parameters.several_share, parameters.several_in_all)
    often = often.filter(_.in_often >= enough)
    return with_distinct(often, "values", "value", *SUBJECT).filter(_.values >= parameters.several).drop("values")
