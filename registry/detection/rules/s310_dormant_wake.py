"""S310: a number that slept wakes with a burst.

What it detects
    An allotted number with an old permit that sent nothing for long, in the days looked at, and then much within a
    few days.
Why it matters
    Sleeping numbers are what holders forget and brokers look for.
Basis
    NO_SEND_RECORD: numbers and signatures that send nothing for months lapse; MIIT meeting of 2021-10-25 (no access
    for illegally sublet resources, the scope of signatures is not to grow).
Not a hit
    Standby senders, backup and test channels, which may sleep; permits younger than the silence; windows too short
    to see it.
Known gaps
    Silence before the days looked at is not known. Seasonal senders wake lawfully, so it weighs little by itself.
What the reviewer does
    Looks who sends now, with which content, and asks the holder since when.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import DAY, enough, hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S310"
SEVERITY = Severity.MEDIUM
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence("长期静默的端口{port}突然大量发送", "port {port} slept for long and woke with a burst")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Silent for `least_silence` days, then `least_messages` within `burst_days` days of its first."""

    least_silence: int = 30
    least_messages: int = 50
    burst_days: int = 7


def applies(world: World) -> Any:
    """Facts of lines with a permit."""
    return world.facts.semi_join(world.permitted, "line")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of the first days of those that slept."""
    began = world.facts.agg(window_from=_.first_at.min())
    old = world.permitted.group_by("line").agg(sleeps=_.sleeps.any(), since=_.permit_valid_from.min())
    first = applies(world).group_by("line").agg(woke=_.first_at.min())
    woke = first.join(old.filter(~_.sleeps), "line").cross_join(began)
    silence = parameters.least_silence * DAY
    woke = woke.filter((_.woke - _.window_from >= silence) & (_.woke - _.since >= silence))
    burst = applies(world).join(woke, "line").filter(_.first_at < _.woke + parameters.burst_days * DAY)
    return hit(enough(burst, SUBJECT, parameters.least_messages), clause="WOKE_WITH_A_BURST")
