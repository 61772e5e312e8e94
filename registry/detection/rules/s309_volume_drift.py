"""S309: a volume that drifts away from its own past.

What it detects
    A permitted signature on a number whose usual day, late in the days looked at, has grown to a multiple of its
    usual day before: earlier in the same days, and in the four months before them as far as they are known.
Why it matters
    What is let piece by piece shows as change before it shows as a breach.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources, the scope of signatures is not to grow).
Not a hit
    Days in which marketing rises lawfully (before 618, Double Eleven and the Spring Festival) and weekends are left
    out on both sides; fewer than `least_days` with what is known before them; small volumes.
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

from registry.detection.rules._drift import ordinary, placed, span
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
    """`times` the median day before, at least `least_messages` a day, where at least `least_days` days are known."""

    times: float = 3.0
    least_messages: int = 20
    least_days: int = 14


def applies(world: World) -> Any:
    """Facts that a permit matches, on days that compare."""
    return ordinary(world.facts.semi_join(world.matched, "fact"))


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of the later days of signatures that rose."""
    own, pair = applies(world), ["line", "folded"]
    before = ordinary(world.recent.semi_join(own, pair)).select(*pair, "day", sent=_.messages)
    within = span(own, before, parameters.least_days)
    each = placed(own.group_by(*pair, "day").agg(sent=_.messages.sum().cast("int64")).union(before), within)
    nothing = ibis.null("int64")
    each = each.mutate(then=ibis.ifelse(_.early, _.sent, nothing), now=ibis.ifelse(_.late, _.sent, nothing))
    usual = each.group_by(*pair).agg(before=_.then.median(), after=_.now.median(), days=_.early.sum())
    risen = usual.filter((_.days >= parameters.least_days // 4) & (_.after >= parameters.least_messages))
    risen = risen.filter(_.after >= _.before * parameters.times)
    return hit(placed(own, within).filter(_.late).semi_join(risen, pair), clause="VOLUME_ROSE")
