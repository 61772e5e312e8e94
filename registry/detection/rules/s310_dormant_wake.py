"""S310: a number, or a signature on it, that slept wakes with a burst.

What it detects
    An allotted number with an old permit that sent nothing for long, and then much within a few days; and the same of
    a permitted signature on a number that others keep busy.
Why it matters
    Sleeping numbers and signatures are what holders forget and brokers look for.
Basis
    NO_SEND_RECORD: numbers and signatures that send nothing for months lapse; MIIT meeting of 2021-10-25 (no access
    for illegally sublet resources, the scope of signatures is not to grow).
Not a hit
    Standby senders, backup and test channels, which may sleep; permits younger than the silence; silence that reaches
    back to days of which nothing is known.
Known gaps
    Of days more than 400 before those looked at nothing is known; a gateway that delivers only since lately makes its
    numbers look asleep. Seasonal senders wake lawfully, so it weighs little by itself.
What the reviewer does
    Looks who sends now, with which content, and asks the holder since when.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import DAY, hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S310"
SEVERITY = Severity.MEDIUM
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "长期静默的签名【{signature}】在端口{port}上突然大量发送",
    "【{signature}】 slept for long on port {port} and woke with a burst",
)


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
    """Facts of the first days of numbers that slept, and of signatures that slept while others sent."""
    number = _bursts(world, ("line",), parameters)
    signature = _bursts(world, SUBJECT, parameters).anti_join(number, "fact")
    return hit(number, clause="WOKE_WITH_A_BURST").union(hit(signature, clause="SIGNATURE_WOKE"))


def _bursts(world: World, keys: tuple[str, ...], parameters: Parameters) -> Any:
    """Facts within the burst after a long silence of what has these keys, where the burst is large enough."""
    seconds, pair = 86_400, list(keys)
    own = applies(world).select(*pair, "day", "messages")
    daily = own.union(world.recent.select(*pair, "day", "messages"))
    daily = daily.group_by(*pair, "day").agg(messages=_.messages.sum()).mutate(at=_.day.epoch_seconds())
    before = world.earlier.group_by(*pair).agg(last_day=_.last_day.max())
    known = daily.left_join(before, pair, rname="far_{name}").cross_join(world.known)
    last = ibis.coalesce(known.last_day.epoch_seconds(), known.since.epoch_seconds() - seconds)
    known = known.select(*pair, "at", "messages", last=last)
    past = known.at.lag().over(ibis.window(group_by=pair, order_by="at"))
    slept = (_.at - _.last) // seconds > parameters.least_silence
    woke = known.mutate(last=ibis.coalesce(past, known.last)).filter(slept)
    old = world.permitted.group_by(*pair).agg(sleeps=_.sleeps.any(), since=_.permit_valid_from.min())
    woke = woke.join(old.filter(~_.sleeps), pair).filter(_.at * 1000 - _.since >= parameters.least_silence * DAY)
    woke = woke.select(*pair, woke="at")
    length = parameters.burst_days * seconds
    burst = daily.join(woke, pair).filter((_.at >= _.woke) & (_.at < _.woke + length))
    large = burst.group_by(*pair, "woke").agg(told=_.messages.sum()).filter(_.told >= parameters.least_messages)
    met = applies(world).join(large, pair).mutate(at=_.day.epoch_seconds())
    return met.filter((_.at >= _.woke) & (_.at < _.woke + length))
