"""S102: a port that is not registered, or that the numbering plan keeps in reserve.

What it detects
    Messages from a number that no registered port covers at the time, or whose prefix the plan keeps in reserve or does
    not know as a service number.
Why it matters
    A number without a holder is a number without anybody who answers; reserved ranges are a favourite of forgers.
Basis
    Measures for the administration of telecommunication network codes; Telecommunications Regulations, article 28.
Not a hit
    An extension under a registered access code: whether it was allotted is asked by S103. Of a number in reserve, which
    nobody can hold, `forged_messages` are no slip: whoever sends there forges his number, and it is impersonation.
Known gaps
    Ranges on which the plan is silent yet that are seen in use (1068) count as unregistered, not as reserved.
What the reviewer does
    Asks the gateway's staff by which contract the number was opened, and has it registered or closed.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import enough, hit, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S102"
SEVERITY = Severity.HIGH
KIND = "unregistered"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("port",)
SUMMARY = Sentence("端口{port}未登记或属于备用号段", "port {port} is not registered, or its range is kept in reserve")
REFUSED = ("reserved", "outside")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a port does not count (messages); from `forged_messages` on a
    number that the plan keeps in reserve is called forged.
    """

    least_messages: int = 1
    forged_messages: int = 20


def applies(world: World) -> Any:
    """Every fact."""
    return world.facts


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of ports that nothing registered covers, or that cannot be in use."""
    covered = meeting(world.facts, world.covering, "port").select("fact").mutate(covered=True)
    refused = world.plan.filter(_.status.isin(REFUSED)).mutate(refused=True)
    met = world.facts.left_join(covered, "fact", rname="covered_{name}").left_join(refused, "port", rname="plan_{name}")
    met = met.filter(met.covered.isnull() | met.refused.notnull())
    met = met.mutate(clause=ibis.ifelse(met.refused.notnull(), "PORT_NOT_IN_PLAN", "PORT_NOT_REGISTERED"))
    met = summed(enough(met, SUBJECT, parameters.least_messages), SUBJECT, "in_all")
    forged = (met.status == "reserved") & (met.in_all >= parameters.forged_messages)
    return hit(met, clause=met.clause, kind=ibis.ifelse(forged, "impersonation", KIND))
