"""S501: many complaints for what is sent.

What it detects
    A number that draws more complaints for a thousand messages than others do by far; or, of many messages, more than
    the rate per million from which platforms suspend a sender, or shut it.
Why it matters
    Receivers see content; 12321 counts it. Platforms suspend by this rate.
Basis
    Order 74 and Order 31 (complaints are accepted, answered and counted); thresholds of platforms, 2025: the
    provisions `complaints.suspend` and `complaints.shut` as they are dated on the last day.
Not a hit
    Fewer than `least_complaints`; rates within `times` of all senders' together, and within those provisions where
    there are messages enough for a rate per million.
Known gaps
    Complaints name numbers, and numbers are forged. By itself it is a reason to look.
What the reviewer does
    Reads the complaints beside the samples; asks the sender for the proof of consent; suspends where the rate says so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
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
SUMMARY = Sentence("端口{port}的投诉率明显偏高", "port {port} draws far too many complaints")

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_complaints` in the window, at `times` the rate of all numbers together; or, from `least_messages` on,
    above the rate per million of the provisions: of fewer messages it says nothing.
    """

    least_complaints: int = 3
    times: float = 5.0
    least_messages: int = 1_000_000


def applies(world: World) -> Any:
    """Facts of numbers that were complained about."""
    return world.facts.semi_join(world.complained, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of numbers whose rate stands out, or is above what the provisions bear."""
    told = world.complained.join(world.lines, "port").group_by("line").agg(told=_.complaints.sum())
    sent = world.facts.group_by("line").agg(sent=_.messages.sum())
    all_told = sent.left_join(told, "line", rname="told_{name}").agg(rate=_.told.fill_null(0).sum() / _.sent.sum())
    many = sent.join(told.filter(_.told >= parameters.least_complaints), "line").cross_join(all_told)
    many = many.cross_join(world.rates)
    enough = many.sent >= parameters.least_messages
    clause = ibis.cases(
        (enough & (many.told * MILLION > many.sent * many.shut), "COMPLAINTS_TO_SHUT"),
        (enough & (many.told * MILLION > many.sent * many.suspend), "COMPLAINTS_TO_SUSPEND"),
        (many.told > many.sent * many.rate * parameters.times, "COMPLAINT_RATE"),
        else_="",
    )
    many = many.select("line", broken=clause).filter(_.broken != "")
    met = applies(world).join(many, "line")
    return hit(met, clause=met.broken)
