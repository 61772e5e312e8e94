"""S105: a range that nobody registered is shared by many signatures.

What it detects
    Numbers with the same first digits, covered by no registered port at the time, under which many different
    signatures are seen. The finding's port is those first digits.
Why it matters
    It is how an access platform looks from outside that lets its range to anybody: many names, one prefix, no holder.
Basis
    MIIT meeting of 2021-10-25 (manage access to ports, no access for illegally sublet resources); Telecommunications
    Regulations, article 28.
Not a hit
    Ranges with a registered port above them: what their extensions may carry is known, and other rules ask.
Known gaps
    Where an access code is longer than `digits`, neighbouring platforms fall into one range; where it is shorter, one
    platform falls into several.
What the reviewer does
    Finds out by which contract the range was opened, has its holder register it with its extensions, or closes it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import hit
from registry.detection.rules._sharing import shared_by, unregistered
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S105"
SEVERITY = Severity.MEDIUM
KIND = "unregistered"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("port",)
SUMMARY = Sentence(
    "未登记的号段{port}由多个签名共用", "range {port}, which nobody registered, is shared by many signatures"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`digits` that numbers of a range have in common, and `least_signatures` under them."""

    digits: int = 8
    least_signatures: int = 5


def applies(world: World) -> Any:
    """Signed facts of numbers that no registered port covers."""
    return unregistered(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of longer numbers whose first digits many signatures share, under those digits."""
    longer = applies(world).filter(_.port.length() > parameters.digits)
    ranges = longer.mutate(port=longer.port.substr(0, parameters.digits))
    return hit(shared_by(ranges, "port", parameters.least_signatures), clause="RANGE_SHARED")
