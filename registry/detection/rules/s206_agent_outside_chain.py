"""S206: an agent behind the submitting company is outside the declared chain.

What it detects
    Messages for which the submitting company passes on the account of its own customer, an enterprise that the
    registry knows and that is nowhere in the chain declared for the number.
Why it matters
    The gateway sees only who is directly connected; where the one behind is told and is not declared, a hop is hidden.
Basis
    Anti Telecom and Online Fraud Law, article 31; MIIT meeting of 2021-10-25 (manage access to ports).
Not a hit
    Accounts of anybody in the chain; accounts that the registry does not know: companies name them as they like.
Known gaps
    Companies that pass no agent on.
What the reviewer does
    Asks the submitting company for its contract with the agent, and the agent for its own.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import hit, on_days, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S206"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line", "tenant")
SUMMARY = Sentence(
    "端口{port}上的代理{tenant}不在已报备的链条内", "{tenant} acts as agent on port {port}, outside its chain"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window an agent on a line does not count (messages); `least_lasting` are
    enough for one who is seen on `least_days` days: a wrong route lasts a day.
    """

    least_messages: int = 20
    least_lasting: int = 8
    least_days: int = 3


def applies(world: World) -> Any:
    """Facts of registered numbers for which a known agent is passed on."""
    return meeting(world.facts.filter(_.passer != ""), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts whose agent is no party to the number."""
    outside = applies(world)
    inside = world.related.rename(passer="enterprise")
    outside = outside.anti_join(inside, ["line", "passer"]).filter(_.passer != _.sender)
    counted = on_days(summed(outside, _WHO, "told"), _WHO)
    lasting = (counted.told >= parameters.least_lasting) & (counted.days >= parameters.least_days)
    counted = counted.filter(lasting | (counted.told >= parameters.least_messages))
    return hit(counted, tenant=counted.passer, clause="AGENT_OUTSIDE_CHAIN")


_WHO = ("line", "passer")
