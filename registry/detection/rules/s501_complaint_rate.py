"""S501: many complaints for what is sent.

What it detects
    A signature on a number that draws more complaints for a thousand messages than others do by far.
Why it matters
    Receivers see content; 12321 counts it. Platforms suspend by this rate.
Basis
    Order 74 and Order 31 (complaints are accepted, answered and counted); thresholds of platforms, 2025.
Not a hit
    Fewer than `least_complaints`; rates within `times` of all senders' together.
Known gaps
    Complaints name numbers, and numbers are forged. By itself it is a reason to look.
What the reviewer does
    Reads the complaints beside the samples; asks the sender for the proof of consent.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S501"
SEVERITY = Severity.MEDIUM
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence("端口{port}的投诉率明显偏高", "port {port} draws far more complaints than others")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_complaints` in the window, at `times` the rate of all numbers together."""

    least_complaints: int = 3
    times: float = 5.0


def applies(world: World) -> Any:
    """Facts of numbers that were complained about."""
    return world.facts.semi_join(world.complained, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers whose rate stands out."""
    told = world.complained.join(world.lines, "port").group_by("line").agg(told=_.complaints.sum())
    sent = world.facts.group_by("line").agg(sent=_.messages.sum())
    all_told = sent.left_join(told, "line", rname="told_{name}").agg(rate=_.told.fill_null(0).sum() / _.sent.sum())
    many = sent.join(told.filter(_.told >= parameters.least_complaints), "line").cross_join(all_told)
    many = many.filter(_.told > _.sent * _.rate * parameters.times)
    return hit(applies(world).semi_join(many, "line"), clause="COMPLAINT_RATE")
