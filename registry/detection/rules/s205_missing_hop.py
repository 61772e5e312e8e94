"""S205: a chain with a missing hop.

What it detects
    Traffic of a number in whose declared chain a hop is given by an enterprise that neither holds the number nor was
    given it by anybody, or, behind a declared agent, a user to whom no hop leads.
Why it matters
    A chain that does not hang together hides a reseller: the law names invented agency relations.
Basis
    Anti Telecom and Online Fraud Law, article 31 (no invented agency relation).
Not a hit
    Chains in which every giver holds the number or received it at the time; numbers without declared agents.
Known gaps
    A hop that is declared and untrue looks whole here: letters and the owner's word tell (S401).
What the reviewer does
    Has the missing hop declared with its contract, or ends what hangs on it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import enough, hit, unusual
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S205"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence("端口{port}的授权链条缺少一环", "the chain declared for port {port} lacks a hop")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` of a line in the window; more than `most_share` of all chains broken is the registry's gap."""

    least_messages: int = 20
    most_share: float = 0.05


def applies(world: World) -> Any:
    """Facts of registered numbers with a declared chain."""
    chained = world.delegated.select("port", "valid_from", "valid_until")
    return meeting(meeting(world.facts, world.covering, "port"), chained, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers whose chain has a giver who was given nothing, or a user whom the agents' hops do not reach."""
    held = world.covering.select("port", "valid_from", "valid_until", enterprise="holder")
    given = world.delegated.select("port", "valid_from", "valid_until", enterprise="to_enterprise")
    reached = held.union(given).select("port", "enterprise").distinct()
    orphans = world.delegated.select("port", "from_enterprise", "valid_from", "valid_until")
    orphans = orphans.anti_join(reached.rename(from_enterprise="enterprise"), ["port", "from_enterprise"])
    with_agent = world.delegated.filter(_.role == "agent").select("port").distinct()
    users = world.permitted.semi_join(with_agent, "port").rename(
        valid_from="permit_valid_from", valid_until="permit_valid_until"
    )
    lost = users.anti_join(reached.rename(user="enterprise"), ["port", "user"])
    lost = lost.anti_join(reached.rename(owner="enterprise"), ["port", "owner"])
    broken = meeting(applies(world), orphans.select("port", "valid_from", "valid_until"), "port")
    behind = meeting(world.facts, lost.select("port", "folded", "valid_from", "valid_until"), "port", "folded")
    found = enough(broken.union(behind).distinct(), SUBJECT, parameters.least_messages)
    found = unusual(found, applies(world), SUBJECT, parameters.most_share).filter(_.unusual)
    return hit(found, clause="HOP_MISSING")
