"""S110: names that nobody registered stay on a number.

What it detects
    A registered number of port class 106 under which several signatures go on appearing that nobody registered and
    that stand in no way to its parties (`UNKNOWN_ON_NUMBER`); or numbers without any permit, below one who is
    answerable for them, with several such signatures together (`UNKNOWN_IN_RANGE`); or one such signature that stays
    longer and sends more, on numbers that others are permitted to use, below one who is answerable and below nobody
    else (`UNKNOWN_AMONG_OTHERS`).
Why it matters
    One unknown name may be a customer in a hurry; several that resemble nobody who was declared are tenants, and so is
    one who makes himself at home with somebody else.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); trade rule "one extension, one signature".
Not a hit
    A single name of few messages or days, or one that appears below several holders, as titles do; slips of permitted
    ones and names of the parties' own; names seen on one day alone, or hardly; what accounts outside the chain hand in,
    which may be a forged sender; the carriers' own service numbers; one alone that passes for a protected name (S107,
    S109).
Known gaps
    Customers whose registration is late, where several come at once, look alike.
What the reviewer does
    Asks who is answerable for the customers' names and contracts; looks whether filings for them are under way.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import by_chain, hit, loose, on_days, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S110"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line",)
POINTS = 55
SUMMARY = Sentence(
    "端口{port}上持续出现多个无人登记的签名", "signatures that nobody registered go on appearing on port {port}"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """A name counts from `least_messages` on `least_days` on a number; `least_on_number` names on one, or
    `least_in_range` on numbers without a permit, make it, or `least_alone` messages of one on `days_alone` days.
    """

    least_messages: int = 5
    least_days: int = 2
    least_on_number: int = 2
    least_in_range: int = 3
    least_alone: int = 40
    days_alone: int = 3


def applies(world: World) -> Any:
    """Facts of signatures without a permit on registered numbers of port class 106."""
    return meeting(loose(world), world.covering, "port").filter(_.port.startswith("106"))


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of the names that count, where they are several."""
    free = applies(world).filter(_.kin == "").anti_join(world.owned, "fact")
    free = by_chain(world, free).filter(_.inside)
    each = on_days(summed(free, _NAME, "told"), _NAME)
    staying = each.filter((_.told >= parameters.least_messages) & (_.days >= parameters.least_days))
    staying = with_distinct(staying, "names", "folded", "line")
    on_number = staying.filter(_.names >= parameters.least_on_number)
    bare = staying.filter(_.names < parameters.least_on_number).anti_join(world.permitted, "line")
    held = with_distinct(bare.join(world.answerable, "port"), "of_one", "folded", "enterprise")
    in_range = held.filter(_.of_one >= parameters.least_in_range)
    alone = free.filter((_.like == "") & ((_.near == "") | ~_.regulated)).anti_join(on_number, "line")
    alone = _among_others(alone, world, parameters)
    return ibis.union(
        hit(on_number, clause="UNKNOWN_ON_NUMBER"),
        hit(in_range, clause="UNKNOWN_IN_RANGE"),
        hit(alone, clause="UNKNOWN_AMONG_OTHERS"),
    )


def _among_others(free: Any, world: World, parameters: Parameters) -> Any:
    """Facts of names that are seen below one holder only, where others have permits, much and for days."""
    held = with_distinct(free.join(world.answerable, "port"), "holders", "enterprise", "folded")
    held = held.filter(_.holders == 1).semi_join(world.permitted, "line")
    held = on_days(summed(held, ("folded",), "told"), ("folded",))
    return held.filter((_.told >= parameters.least_alone) & (_.days >= parameters.days_alone))


_NAME = ("line", "folded")
