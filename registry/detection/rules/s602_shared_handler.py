"""S602: one handler behind unrelated companies.

What it detects
    Numbers whose customers name the same responsible person as other companies do that they are not tied to.
Why it matters
    One handler serves one company: whoever appears for several lends his name, or theirs.
Basis
    Trade rule of the platforms (one handler serves one company); Anti Telecom and Online Fraud Law, article 31.
Not a hit
    Companies of one group; handlers of fewer than `least_companies` companies.
Known gaps
    A law firm or an agency that files for many looks the same: by itself it weighs little.
What the reviewer does
    Compares identity and telephone of the handler over the filings; asks the companies.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S602"
SEVERITY = Severity.LOW
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence(
    "端口{port}的用户与其他无关企业共用经办人",
    "the customer of port {port} shares its handler with unrelated companies",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_companies` that name one handler and send."""

    least_companies: int = 2


def applies(world: World) -> Any:
    """Facts of lines whose customers name a handler."""
    return world.facts.semi_join(_customers(world), "line")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of customers who share a handler with strangers."""
    customers = _customers(world)
    pairs = customers.select("enterprise", "handler").distinct()
    both = pairs.join(pairs.view().rename(other="enterprise"), "handler").filter(_.enterprise != _.other)
    tied = [both.enterprise == world.affiliated.one, both.other == world.affiliated.other]
    strangers = both.anti_join(world.affiliated, tied).group_by("enterprise").agg(others=_.other.nunique())
    sharing = customers.semi_join(strangers.filter(_.others + 1 >= parameters.least_companies), "enterprise")
    return hit(applies(world).semi_join(sharing, "line"), clause="HANDLER_SHARED")


def _customers(world: World) -> Any:
    """Who uses each line, and its handler."""
    users = world.permitted.select("line", enterprise="user").distinct()
    return (
        users.join(world.parties.filter(_.handler != ""), "enterprise")
        .select("line", "enterprise", "handler")
        .distinct()
    )
