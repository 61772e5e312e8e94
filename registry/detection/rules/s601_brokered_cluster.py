"""S601: a broker behind unrelated customers.

What it detects
    Numbers of several customers who have nothing to do with each other, whose messages carry the same rare link or
    telephone number that none of them declared, or the same short code of a host that all may use; or are handed in or
    passed on by the same enterprise outside their chains; or carry links of nobody, each its own, while one person acts
    for all of them. What hangs together over such values is one cluster.
Why it matters
    A broker rents from many: each holder sees a little, all together see the broker.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom and Online Fraud Law,
    article 31.
Not a hit
    Shared links and hotlines, but for one code behind them; values of services that many use; customers of one group;
    values that a party declared; an account that is seen on one day; a handler whose companies send what they declared
    (S602).
Known gaps
    Brokers who give each number a link, an account and a person of its own; accounts that the registry does not know.
What the reviewer does
    Finds who owns the link or number, or who stands behind the account or person, and who paid; works the numbers as
    one case.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.brokering import PERSON, by_outsiders, same_targets
from registry.detection.rules._shape import hit, rare_values
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S601"
SEVERITY = Severity.CRITICAL
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("cluster", "line", "folded")
SUMMARY = Sentence(
    "互无关联的用户（含端口{port}）共用同一链接、电话、账号或经办人（{value}），疑为同一中间人",
    "unrelated customers, port {port} among them, have a link, number, account or handler in common ({value})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_lines` in a cluster."""

    least_lines: int = 3


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Messages with what unrelated customers have in common."""
    found = _said(world).union(_handed_in(world)).union(_acted_for(world))
    lines = found.group_by("cluster").agg(lines=_.line.nunique()).filter(_.lines >= parameters.least_lines)
    found = found.semi_join(lines, "cluster")
    return hit(found, tenant=found.who, clause=found.clause, value=found.value, cluster=found.cluster)


_FACT = (
    "day",
    "gateway",
    "port",
    "line",
    "submitter",
    "signature",
    "folded",
    "category",
    "messages",
    "first_at",
    "last_at",
)
_FOUND = (*_FACT, "who", "clause", "value", "cluster")


def _said(world: World) -> Any:
    """Messages with the same link or number."""
    same = same_targets(world.spoken, world.strange).mutate(known_of=ibis.literal(""))
    said = rare_values(world).union(same).mutate(whole_value=_.kind + " " + _.value + _.path)
    found = said.join(world.clusters.rename(whole_value="value"), ["line", "folded", "whole_value"])
    found = found.semi_join(world.permitted, ["line", "folded"]).mutate(who=_.known_of, clause=ibis.literal("BROKERED"))
    return found.select(*_FOUND)


def _handed_in(world: World) -> Any:
    """Messages by the same enterprise outside the chains."""
    found = by_outsiders(applies(world), world.outside, world.related)
    found = found.join(world.clusters.rename(whole_value="value"), ["line", "folded", "whole_value"])
    found = found.mutate(who=_.outsider, value=_.outsider, clause=ibis.literal("BROKERED_BY_ACCOUNT"))
    return found.select(*_FOUND)


def _acted_for(world: World) -> Any:
    """Messages with any strange link or number of signatures for whose users one person acts."""
    acting = world.clusters.filter(_.value.startswith(PERSON))
    acting = acting.select("line", "folded", "cluster", person=_.value.substr(len(PERSON)))
    odd = rare_values(world).drop("value").join(acting, ["line", "folded"])
    others = odd.anti_join(world.clusters.filter(~_.value.startswith(PERSON)), ["line", "folded"])
    found = others.mutate(who=_.known_of, value=_.person, clause=ibis.literal("BROKERED_BY_HANDLER"))
    return found.select(*_FOUND)
