"""S601: a broker behind unrelated customers.

What it detects
    Numbers of several customers who have nothing to do with each other, whose messages carry the same rare link or
    telephone number that none of them declared. What hangs together over such values is one cluster.
Why it matters
    A broker rents from many: each holder sees a little, all together see the broker.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom and Online Fraud Law,
    article 31.
Not a hit
    Shared links and hotlines; values of services that many use; customers of one group; values that a party
    declared.
Known gaps
    Brokers who give each number a link of its own; a handler or an account in common shows elsewhere (S602, S204).
What the reviewer does
    Finds who owns the link or number and who paid; works the numbers as one case.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

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
    "互无关联的用户（含端口{port}）使用同一链接或电话（{value}），疑为同一中间人",
    "unrelated customers, port {port} among them, carry the same link or number ({value})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_lines` in a cluster."""

    least_lines: int = 3


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Messages with values that unrelated customers have in common."""
    said = rare_values(world).mutate(whole_value=_.kind + " " + _.value + _.path)
    found = said.join(world.clusters.rename(whole_value="value"), ["line", "folded", "whole_value"])
    found = found.semi_join(world.permitted, ["line", "folded"])
    lines = found.group_by("cluster").agg(lines=_.line.nunique()).filter(_.lines >= parameters.least_lines)
    found = found.semi_join(lines, "cluster")
    return hit(found, tenant=found.known_of, clause="BROKERED", value=found.value, cluster=found.cluster)
