"""S303: sent while a measure stops it.

What it detects
    Messages under a permit that was suspended or revoked at the time, itself or through its port, its signature or an
    enterprise behind it.
Why it matters
    Whoever goes on sending while suspended shows that the suspension did not reach the gateway, or was passed by.
Basis
    The measure itself; Telecommunications Regulations, article 69.
Not a hit
    Messages sent before the measure came into force or after it was lifted; proposed and stayed measures.
Known gaps
    Facts hold a day's first and last moment: a day within which the measure began does not count.
What the reviewer does
    Looks whether the gateway had the change in time; if it had, hardens the measure.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import enough, hit
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S303"
SEVERITY = Severity.CRITICAL
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上被暂停期间仍在发送",
    "【{signature}】 went on sending on port {port} while suspended",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a signature on a port does not count (messages);
    `grace_minutes`: so long a measure needs to reach the gateways.
    """

    least_messages: int = 10
    grace_minutes: int = 60


MINUTE = 60_000  # milliseconds


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of permits that a measure stopped."""
    broken = world.verdicts.filter(~_.allowed & _.PERMIT_SUSPENDED)
    met = world.facts.join(broken.select("fact", "permit", "permit_stopped_from"), "fact")
    met = met.filter(met.first_at >= met.permit_stopped_from + parameters.grace_minutes * MINUTE)
    met = enough(met, SUBJECT, parameters.least_messages)
    return hit(met, permit=met.permit, clause="PERMIT_SUSPENDED")
