"""S312: a mix of categories that drifts.

What it detects
    A permitted signature on a number whose share of marketing, late in the days looked at, is far above its share
    before: earlier in the same days, and in the four months before them as far as they are known.
Why it matters
    A notice port becomes a marketing port month by month; each month looks like the last.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources, the scope of signatures is not to grow).
Not a hit
    Days in which marketing rises lawfully; fewer than `least_days` with what is known before them; small volumes.
Known gaps
    Where the permit allows marketing a shift is lawful: it weighs little by itself. S301 judges what no permit
    allows.
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
from registry.texts.category import Category

CODE = "S312"
SEVERITY = Severity.LOW
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的营销占比明显上升",
    "the share of marketing of 【{signature}】 on port {port} has risen",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The share rose by `least_rise` (0 to 1), with `least_messages` on both sides, in at least `least_days` days."""

    least_rise: float = 0.15
    least_messages: int = 50
    least_days: int = 14


def applies(world: World) -> Any:
    """Facts that a permit matches, on days that compare."""
    return ordinary(world.facts.semi_join(world.matched, "fact"))


def hits(world: World, parameters: Parameters) -> Any:
    """Marketing of the later days of signatures whose share rose."""
    own, pair = applies(world), ["line", "folded"]
    own = own.mutate(paid=ibis.ifelse((own.category & int(Category.MARKETING)) != 0, own.messages, 0))
    before = ordinary(world.recent.semi_join(own, pair)).select(*pair, "day", "messages", "paid")
    within = span(own, before, parameters.least_days)
    days = placed(own.select(*before.columns).union(before), within)
    each = days.group_by(*pair).agg(
        before=_.messages.sum(where=_.early).fill_null(0),
        after=_.messages.sum(where=_.late).fill_null(0),
        paid_before=_.paid.sum(where=_.early).fill_null(0),
        paid_after=_.paid.sum(where=_.late).fill_null(0),
    )
    each = each.filter((_.before >= parameters.least_messages) & (_.after >= parameters.least_messages))
    risen = each.filter(_.paid_after / _.after >= _.paid_before / _.before + parameters.least_rise)
    return hit(placed(own, within).filter(_.late & (_.paid > 0)).semi_join(risen, pair), clause="MARKETING_ROSE")
