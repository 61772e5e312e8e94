"""S207: more extensions in use than were declared.

What it detects
    An allotted number under which many longer numbers send that no permit, no row and no hop names.
Why it matters
    Each further extension is room for one more tenant; who was given one number and uses fifty has let forty-nine.
Basis
    Telecommunications Regulations, article 28; trade rule "one extension, one signature".
Not a hit
    Numbers under a permit that ends in `*`; fewer than `least_numbers` numbers.
Known gaps
    Who stands behind an extension is for S203 and S306 to say: by itself the fan-out is no proof, so it weighs little.
What the reviewer does
    Asks the customer what the digits mean; has the range permitted, or cut to what was allotted.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import enough, hit
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S207"
SEVERITY = Severity.MEDIUM
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence("端口{port}下使用的扩展号码多于报备", "more extensions send under port {port} than were declared")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_numbers` undeclared under one line, with `least_messages` in all."""

    least_numbers: int = 5
    least_messages: int = 20


def applies(world: World) -> Any:
    """Facts of numbers that extend an allotted one."""
    return meeting(world.facts.filter(_.port != _.line), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers that no permit reaches."""
    loose = applies(world).anti_join(world.permits.select("port").distinct(), "port")
    loose = with_distinct(loose, "numbers", "port", "line").filter(_.numbers >= parameters.least_numbers)
    return hit(enough(loose, SUBJECT, parameters.least_messages), clause="EXTENSIONS_UNDECLARED")
