"""S307: more messages in a month than the permit allows.

What it detects
    Messages of a calendar month, under a signature on a number, beyond what its permits allow together, or beyond
    what a measure left of it.
Why it matters
    The cap is what the customer said it needs; what goes beyond it is often somebody else's.
Basis
    Scope of the permit; Telecommunications Regulations, article 28.
Not a hit
    Caps that are nearly met, or passed by less than `spare`; signatures with one permit without a cap.
Known gaps
    Only the days looked at are counted: the whole month may hold more.
What the reviewer does
    Asks what the rise is for; has a higher volume filed, or the rest stopped.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import hit
from registry.detection.world import World
from registry.kernel.clock import FOREVER
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S307"
SEVERITY = Severity.MEDIUM
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的月发送量超出许可上限",
    "【{signature}】 on port {port} sends more in a month than its permit allows",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`spare`: by how much the cap may be passed (0.05: a twentieth), since late files and doubles blur a count."""

    spare: float = 0.05


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of months whose sum passes the caps."""
    judged = applies(world).mutate(month=_MONTH)
    sent = judged.mutate(sent=_.messages.sum().over(ibis.window(group_by=["line", "folded", "month"])))
    months = sent.select("line", "folded", "month").distinct()
    caps = _caps(world).join(months, ["line", "folded"]).select("line", "folded", "month", "cap").union(_left(world))
    caps = caps.group_by("line", "folded", "month").agg(cap=_.cap.min())
    over = sent.join(caps, ["line", "folded", "month"]).filter(_.sent > _.cap * (1 + parameters.spare))
    permits = world.permitted.group_by("line", "folded").agg(permit=_.permit.min())
    over = over.join(permits, ["line", "folded"])
    return hit(over, permit=over.permit, clause="VOLUME_EXCEEDED")


def _caps(world: World) -> Any:
    """What permits allow together: those of different users or categories add up, a renewal does not."""
    kept = world.permitted.group_by("line", "folded", "user", "permit_categories")
    each = kept.agg(cap=_.permit_monthly_volume.max())
    limited = each.anti_join(each.filter(_.cap == FOREVER), ["line", "folded"])
    return limited.group_by("line", "folded").agg(cap=_.cap.sum().cast("int64"))


def _left(world: World) -> Any:
    """What measures left in months of which they held all the days looked at."""
    spans = world.facts.mutate(month=_MONTH).group_by("month").agg(since=_.first_at.min(), until=_.last_at.max())
    held = world.limits.filter(_.left_volume < FOREVER).cross_join(spans)
    held = held.filter((_.limited_from <= _.since) & (_.limited_until > _.until))
    met = world.permitted.join(held.select("permit", "left_volume", "month"), "permit")
    return met.select("line", "folded", "month", cap="left_volume")


_MONTH = _.day.year() * 12 + _.day.month()
