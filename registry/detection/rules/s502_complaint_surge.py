"""S502: complaints that surge.

What it detects
    A number about which complaints, late in the days looked at, come at a multiple of their pace before.
Why it matters
    A surge is how a new tenant shows first: the number is the same, the receivers are not amused any more.
Basis
    Order 74 (complaints are monitored); MIIT meeting of 2021-10-25 (12321 as a weather vane).
Not a hit
    Fewer than `least_complaints` late; windows of fewer than `least_days`; a rise that all others share, as before
    shopping festivals: the pace is measured against theirs.
Known gaps
    Where the others draw few complaints their rise says nothing. By itself it is a reason to look.
What the reviewer does
    Reads what the complaints have in common, and since when.
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

CODE = "S502"
SEVERITY = Severity.MEDIUM
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence("端口{port}的投诉量突然上升", "complaints about port {port} surge")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_complaints` in the last third of at least `least_days` days, at `times` the pace before; where all others
    draw `least_of_others` before, at `times` their rise, too.
    """

    least_complaints: int = 5
    times: float = 4.0
    least_days: int = 6
    least_of_others: int = 10


def applies(world: World) -> Any:
    """Facts of numbers that were complained about."""
    return world.facts.semi_join(world.complained, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of the last third of days of numbers whose complaints surge."""
    told = world.complained.join(world.lines, "port")
    span = world.facts.agg(first_day=_.day.min().epoch_seconds(), last_day=_.day.max().epoch_seconds())
    told = told.cross_join(span).filter(_.last_day - _.first_day >= (parameters.least_days - 1) * DAY // 1000)
    told = told.mutate(late=3 * (_.day.epoch_seconds() - _.first_day) >= 2 * (_.last_day - _.first_day))
    counts = {
        "before": _.complaints.sum(where=~_.late).fill_null(0),
        "after": _.complaints.sum(where=_.late).fill_null(0),
    }
    pace = (
        told.group_by("line").agg(**counts).cross_join(told.agg(all_before=counts["before"], all_after=counts["after"]))
    )
    pace = pace.mutate(others_before=_.all_before - _.before, others_after=_.all_after - _.after)
    rise = ibis.ifelse(
        pace.others_before >= parameters.least_of_others,
        ibis.greatest(2 * pace.others_after / pace.others_before, 1.0),
        1.0,
    )
    surging = pace.mutate(rise=rise).filter(_.after >= parameters.least_complaints)
    surging = surging.filter(2 * _.after >= _.before * _.rise * parameters.times)
    days = told.filter(_.late).select("line", "day").distinct()
    found = applies(world).semi_join(surging, "line").semi_join(days, ["line", "day"])
    return hit(found, clause="COMPLAINTS_SURGE")
