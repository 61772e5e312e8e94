"""S313: recipients who move to other provinces.

What it detects
    A permitted signature on a number whose recipients, late in the days looked at, live in other provinces than
    before: earlier in the same days, and in the four months before them as far as they are known.
Why it matters
    A shop keeps its customers; whoever rents its number brings others.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources, the scope of signatures is not to grow).
Not a hit
    Fewer than `least_days` with what is known before them; small volumes; days in which people travel home (Spring
    Festival).
Known gaps
    A sender that grows into new provinces lawfully: it weighs little by itself. S304 judges what no permit allows.
What the reviewer does
    Asks what changed; reads samples of the new days beside the old.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._drift import ordinary, placed, span
from registry.detection.rules._shape import hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S313"
SEVERITY = Severity.LOW
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content", "province")
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的接收省份分布明显变化",
    "recipients of 【{signature}】 on port {port} live elsewhere than before",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_shift`: half the sum of differences of the provinces' shares (0 to 1), `least_messages` on both sides."""

    least_shift: float = 0.5
    least_messages: int = 200
    least_days: int = 14


def applies(world: World) -> Any:
    """Messages by province of permitted signatures, on days that compare."""
    known = world.provinces.filter((_.province != "") & (_.folded != ""))
    return ordinary(known.semi_join(world.permitted, ["line", "folded"]))


def hits(world: World, parameters: Parameters) -> Any:
    """Messages of the later days of signatures whose recipients moved."""
    own, pair = applies(world), ["line", "folded"]
    before = ordinary(world.recent_provinces.semi_join(own, pair))
    before = before.select(*pair, "day", "province", "messages")
    within = span(own, before, parameters.least_days)
    days = placed(own.select(*before.columns).union(before), within)
    each = days.group_by(*pair, "province").agg(
        before=_.messages.sum(where=_.early).fill_null(0), after=_.messages.sum(where=_.late).fill_null(0)
    )
    whole = each.group_by(*pair).agg(all_before=_.before.sum(), all_after=_.after.sum())
    least = parameters.least_messages
    met = each.join(whole.filter((_.all_before >= least) & (_.all_after >= least)), pair)
    moved = met.mutate(shift=(_.after / _.all_after - _.before / _.all_before).abs())
    moved = moved.group_by(*pair).agg(shift=_.shift.sum() / 2).filter(_.shift >= parameters.least_shift)
    return hit(placed(own, within).filter(_.late).semi_join(moved, pair), clause="RECIPIENTS_MOVED")
