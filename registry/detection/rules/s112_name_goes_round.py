"""S112: one unknown name goes round many numbers.

What it detects
    A signature that nobody registered, unlike the names of any customer, that shows with few messages on each of
    several numbers and everywhere carries the same link or telephone number, which no party to these numbers declared.
Why it matters
    A tenant who is sold on from number to number stays below what any one holder, or any rule about one number, sees.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom and Online Fraud Law,
    article 31.
Not a hit
    Titles that many senders put into brackets, each with links of its own; shared links and hotlines; slips of the
    customers' names; what accounts outside the chains hand in, which may be a forged sender.
Known gaps
    Who changes link and number with every number that it rents.
What the reviewer does
    Finds whose the link or number is and who sold the access to each holder; works the numbers as one case.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import by_chain, enough, hit, loose, rare_values
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S112"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("cluster", "line", "folded")
POINTS = 55
SUMMARY = Sentence(
    "无人登记的签名【{signature}】在多个号码上轮流出现（含端口{port}），均带同一链接或电话（{value}）",
    "【{signature}】, which nobody registered, goes round several numbers, port {port} among them, with {value}",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_lines`: numbers with `least_on_line` messages under the name, `least_messages` on all; and on so many
    numbers, in all those messages `least_carried` times, the same link or number.
    """

    least_lines: int = 3
    least_on_line: int = 3
    least_messages: int = 15
    least_carried: int = 6


def applies(world: World) -> Any:
    """Facts of signatures that nobody registered, on registered numbers."""
    return meeting(loose(world).anti_join(world.owned, "fact"), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of names that go round with a link or number."""
    free = by_chain(world, applies(world).filter(_.kin == "")).filter(_.inside)
    free = enough(free, ("line", "folded"), parameters.least_on_line)
    free = enough(with_distinct(free, "lines", "line", "folded"), ("folded",), parameters.least_messages)
    free = free.filter(_.lines >= parameters.least_lines)
    odd = rare_values(world).semi_join(free, ["line", "folded"]).group_by("folded", "kind", "value")
    odd = odd.agg(lines=_.line.nunique(), told=_.messages.sum())
    odd = odd.filter((_.lines >= parameters.least_lines) & (_.told >= parameters.least_carried))
    met = free.join(odd.group_by("folded").agg(value=_.value.min()), "folded")
    return hit(met, clause="STRANGE_CONTENT", value=met.value, cluster=ibis.literal("name ") + met.folded)
