"""S308: marketing without a way to refuse.

What it detects
    Marketing of which a large part carries no wording by which its receiver can refuse more.
Why it matters
    Receivers who cannot refuse complain; it is also how strangers' marketing gives itself away.
Basis
    Order 74 (before: Order 31, article 20): an effective way to refuse in every commercial message.
Not a hit
    Fewer than `least_messages` without, or less than `least_share` of the signature's marketing on the line.
Known gaps
    An opt-out wording is no proof of honesty. By itself this is a fault, no cheat: it makes no case of a kind.
What the reviewer does
    Has the wording added; looks at what else the number sends.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import hit, summed
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.texts.category import Category

CODE = "S308"
SEVERITY = Severity.LOW
KIND = "other"
IN_FORCE_FROM = dt.date(2015, 6, 30)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上的营销短信缺少退订方式",
    "marketing of 【{signature}】 on port {port} names no way to refuse it",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` without an opt-out in the window, and `least_share` of all marketing (0 to 1)."""

    least_messages: int = 20
    least_share: float = 0.5


def applies(world: World) -> Any:
    """Signed marketing."""
    return world.signed().filter((_.category & int(Category.MARKETING)) != 0)


def hits(world: World, parameters: Parameters) -> Any:
    """Marketing that mostly offers no way out."""
    told = summed(applies(world), SUBJECT, "told")
    told = told.mutate(without=_.without_opt_out.sum().over(ibis.window(group_by=list(SUBJECT))))
    bare = told.filter((_.without >= parameters.least_messages) & (_.without >= _.told * parameters.least_share))
    bare = bare.filter(_.without_opt_out > 0).mutate(messages=_.without_opt_out)
    return hit(bare, clause="NO_OPT_OUT")
