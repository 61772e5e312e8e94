"""S309: a volume that drifts away from its own past.

What it detects
    A permitted signature on a number whose usual day, late in the days looked at, has grown to a multiple of its
    usual day before.
Why it matters
    What is let piece by piece shows as change before it shows as a breach.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources, the scope of signatures is not to grow).
Not a hit
    Days in which marketing rises lawfully (before 618, Double Eleven and the Spring Festival) and weekends are left
    out on both sides; windows of fewer than `least_days`; small volumes; permits that may sleep.
Known gaps
    New products grow too: by itself a drift is a question, so it weighs little.
What the reviewer does
    Asks what changed; reads samples of the new days beside the old.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._drift import halves, ordinary
from registry.detection.rules._shape import hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S309"
SEVERITY = Severity.LOW
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的日发送量明显上升",
    "the daily volume of 【{signature}】 on port {port} has risen to a multiple",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`times` the median day before, at least `least_messages` a day, in a window of at least `least_days` days."""

    times: float = 3.0
    least_messages: int = 20
    least_days: int = 14


def applies(world: World) -> Any:
    """Facts that a permit matches, on days that compare."""
    return ordinary(world.facts.semi_join(world.matched, "fact"))


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of the later days of signatures that rose."""
    days = halves(applies(world), parameters.least_days)
    each = days.group_by("line", "folded", "late", "day").agg(sent=_.messages.sum())
    nothing = ibis.null("int64")
    each = each.mutate(early=ibis.ifelse(_.late, nothing, _.sent), recent=ibis.ifelse(_.late, _.sent, nothing))
    usual = each.group_by("line", "folded").agg(
        before=_.early.median(), after=_.recent.median(), before_days=(~_.late).sum()
    )
    risen = usual.filter((_.before_days >= parameters.least_days // 4) & (_.after >= parameters.least_messages))
    risen = risen.filter(_.after >= _.before * parameters.times)
    return hit(days.filter(_.late).semi_join(risen, ["line", "folded"]), clause="VOLUME_ROSE")
