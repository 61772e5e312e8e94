"""S205: a chain with a missing hop.

What it detects
    Traffic of a number in whose declared chain a hop is given by an enterprise that neither holds the number nor was
    given it by anybody; of a range below a declared agent, or a number with hops of its own, that is used by somebody
    to whom no hop leads; or that is handed in or passed on by one who has only a permit of its own there, for
    another's signature.
Why it matters
    A chain that does not hang together hides a reseller: the law names invented agency relations.
Basis
    Anti Telecom and Online Fraud Law, article 31 (no invented agency relation).
Not a hit
    Chains in which every giver holds the number or received it at the time; users whom a permit on their exact number
    names, below an agent whose chain is whole and ends above the number, where more than `most_share` of such permits
    stand so (there the permit declares the last step; a range needs its hop); numbers without declared agents.
Known gaps
    A hop that is declared and untrue looks whole here: letters and the owner's word tell (S401). Whoever hands in or
    passes on and is nowhere declared is S204's and S206's.
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
    """Facts of numbers whose giver was given nothing, whose range no hop gives, or that a mere customer resells."""
    reached = _reached(world)
    orphans = world.delegated.anti_join(reached.rename(from_enterprise="enterprise"), ["port", "from_enterprise"])
    broken = meeting(applies(world), orphans.select("port", "valid_from", "valid_until"), "port")
    below = _in_force(world).semi_join(_below_agents(world), "port")
    hops = world.delegated.select("port", length=_.prefix.length()).distinct()
    lost = below.filter(~_.exact).union(_in_force(world).filter(_.exact).semi_join(hops, ["port", "length"]))
    found = broken.union(_under(world, _unreached(lost, reached))).union(_resold(world, reached)).distinct()
    found = enough(found, SUBJECT, parameters.least_messages)
    found = unusual(found, applies(world), SUBJECT, parameters.most_share)
    # where a permit on the exact number mostly stands beside a hop, one without is no declaration of the last step
    exact = below.filter(_.exact)
    alone = enough(_under(world, _unreached(exact, reached)), SUBJECT, parameters.least_messages)
    alone = unusual(alone, _under(world, exact), SUBJECT, parameters.most_share, least=0)
    return hit(found.union(alone).filter(_.unusual).drop("unusual").distinct(), clause="HOP_MISSING")


def _unreached(permits: Any, reached: Any) -> Any:
    """Permits neither whose user nor whose owner holds the number or was given it."""
    for who in ("user", "owner"):
        permits = permits.anti_join(reached.rename({who: "enterprise"}), ["port", who])
    return permits


def _under(world: World, permits: Any) -> Any:
    """Facts under these permits."""
    return meeting(world.facts, permits.select("port", "folded", "valid_from", "valid_until"), "port", "folded")


def _reached(world: World) -> Any:
    """Who holds each port, or was given it: port, enterprise."""
    held = world.covering.select("port", enterprise="holder")
    return held.union(world.delegated.select("port", enterprise="to_enterprise")).distinct()


def _below_agents(world: World) -> Any:
    return world.delegated.filter(_.role != "end_user").select("port").distinct()


def _in_force(world: World) -> Any:
    return world.permitted.rename(valid_from="permit_valid_from", valid_until="permit_valid_until")


def _resold(world: World, reached: Any) -> Any:
    """Facts below agents that somebody hands in, or passes on, who is only the customer of another permit there."""
    facts = applies(world).semi_join(_below_agents(world), "port")
    facts = facts.semi_join(world.matched, "fact")
    customers = _in_force(world)
    customers = customers.select("port", "folded", enterprise="user").union(
        customers.select("port", "folded", enterprise="owner")
    )
    mere = customers.anti_join(reached, ["port", "enterprise"]).distinct()
    between = []
    for who in ("sender", "passer"):
        named = mere.rename({who: "enterprise"})
        own = facts.semi_join(named, ["port", "folded", who]).select("fact")
        between.append(facts.semi_join(named, ["port", who]).anti_join(own, "fact"))
    return between[0].union(between[1])
