"""S305: marketing outside the permitted hours.

What it detects
    Marketing sent in hours that neither the permit nor, where it names none, the general rule allows, or that a
    measure took away for the whole day.
Why it matters
    It is what receivers complain of first, and a slice of the night is what a holder lets to others unseen.
Basis
    Provision `marketing.hours`; the permit's own hours.
Not a hit
    The first minutes after the permitted time (provision `marketing.queue_grace`), and the rest of that hour where it
    holds no more than `queue_share` of the day's marketing, or does so on fewer than `least_evenings` days: queues
    spill. Fewer than `least_messages`, or, of a small
    sender, `few_messages` that are `large_share` of its marketing.
Known gaps
    Facts count full hours: where the permitted time ends within one, the hour counts as permitted.
What the reviewer does
    Looks at the scheduled times; asks for a queue that stops at the end of the permitted time.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import hit, on_days, permitted, telling
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.texts.category import Category

CODE = "S305"
SEVERITY = Severity.MEDIUM
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上于许可时段之外发送营销短信",
    "【{signature}】 sends marketing on port {port} outside the permitted hours",
)
_ROW = (
    "day",
    "gateway",
    "port",
    "line",
    "submitter",
    "signature",
    "folded",
    "category",
    "hour",
    "messages",
    "within_grace",
    "first_at",
    "last_at",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window, or `few_messages` that are `large_share` of the signature's marketing on the line
    (0 to 1); `queue_share` (0 to 1) of a day that may spill into the next hour, and `least_evenings` on which more than
    that does: one is an accident.
    """

    least_messages: int = 20
    few_messages: int = 10
    large_share: float = 0.08
    queue_share: float = 0.1
    least_evenings: int = 2


def applies(world: World) -> Any:
    """Marketing by hour of signatures that have a permit at the time: adds `permit` and the `allowed` hours."""
    marketing = world.hours.filter(((_.category & int(Category.MARKETING)) != 0) & (_.folded != "")).select(*_ROW)
    return permitted(world, marketing, "permit_hours", "left_hours")


def hits(world: World, parameters: Parameters) -> Any:
    """Marketing in hours that no permit in force allows, without what a queue explains."""
    judged = applies(world)
    day = judged.messages.sum().over(ibis.window(group_by=["day", "line", "folded"]))
    one = ibis.literal(1, "int64")
    judged = judged.mutate(of_day=day, bit=one << judged.hour)
    before = ibis.ifelse(judged.hour == 0, 1 << 23, one << (judged.hour - 1))
    late = judged.mutate(next=(before & judged.allowed) != 0).filter((_.bit & _.allowed) == 0)
    late = late.mutate(messages=ibis.ifelse(late.next, late.messages - late.within_grace, late.messages))
    late = late.mutate(of_hour=late.messages.sum().over(ibis.window(group_by=["day", "line", "folded", "hour"])))
    spilt = _.next & (_.of_hour <= _.of_day * parameters.queue_share)
    late = late.filter(~spilt & (_.messages > 0))
    often = on_days(late.filter(_.next), SUBJECT).filter(_.days >= parameters.least_evenings).select(*SUBJECT)
    late = late.filter(~_.next).union(late.filter(_.next).semi_join(often, list(SUBJECT)))
    many, large = (parameters.least_messages, 0.0), (parameters.few_messages, parameters.large_share)
    outside = telling(late, judged, SUBJECT, many, large)
    return hit(outside, permit=outside.permit, clause="HOURS_NOT_PERMITTED")
