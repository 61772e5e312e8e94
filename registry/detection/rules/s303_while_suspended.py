"""S303: sent while a measure stops it.

What it detects
    Messages under a permit that was suspended or revoked at the time: itself, or through its port, its signature, its
    only template, a hop over which its user comes to the number, or an enterprise in that chain; what was handed in by
    an account that was stopped, or whose enterprise was; and its signature on longer numbers that begin with the
    permit's, where no permit allows it.
Why it matters
    Whoever goes on sending while suspended shows that the suspension did not reach the gateway, or was passed by.
Basis
    The measure itself; Telecommunications Regulations, article 69.
Not a hit
    Messages sent before the measure came into force or after it was lifted; proposed and stayed measures.
Known gaps
    Facts hold a day's first and last moment: a day within which the measure began does not count. Of several templates
    of a permit they do not say which was used, so a measure upon one of them is not seen here.
What the reviewer does
    Looks whether the gateway had the change in time; if it had, hardens the measure.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
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
    """Facts that a permit matches, and those at longer numbers than that of a permit that was stopped."""
    beneath = _beneath(world).select("fact")
    return world.facts.semi_join(world.matched.select("fact").union(beneath), "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of permits and of accounts that a measure stopped."""
    broken = world.verdicts.filter(~_.allowed & _.PERMIT_SUSPENDED)
    of_permits = broken.select("fact", "permit", since=_.permit_stopped_from).mutate(
        clause=ibis.literal("PERMIT_SUSPENDED")
    )
    of_accounts = _by_account(world).anti_join(of_permits, "fact").mutate(clause=ibis.literal("ACCOUNT_SUSPENDED"))
    evading = _beneath(world).mutate(clause=ibis.literal("PERMIT_SUSPENDED"))
    met = world.facts.join(ibis.union(of_permits, of_accounts, evading), "fact")
    met = met.filter(met.first_at >= met.since + parameters.grace_minutes * MINUTE)
    met = enough(met, SUBJECT, parameters.least_messages)
    return hit(met, permit=met.permit, clause=met.clause)


def _by_account(world: World) -> Any:
    """Permitted facts that a stopped account handed in: fact, permit, since."""
    met = world.facts.semi_join(world.matched, "fact").join(world.halted, "submitter", rname="halted_{name}")
    met = met.filter((met.halted_gateway == "") | (met.halted_gateway == met.gateway))
    met = met.filter((met.first_at < met.halted_until) & (met.last_at >= met.halted_from))
    held = met.join(world.permits.select("port", "folded", "permit"), ["port", "folded"])
    return held.group_by("fact").agg(permit=_.permit.min(), since=_.halted_from.min())


def _beneath(world: World) -> Any:
    """Facts that no permit matches, of signatures that were stopped at a number which theirs extends.

    Answers fact, permit, since.
    """
    met = world.facts.anti_join(world.matched, "fact").join(world.stopped, ["port", "folded"])
    met = met.filter((met.first_at < met.stopped_until) & (met.last_at >= met.stopped_from))
    return met.group_by("fact").agg(permit=_.permit.min(), since=_.stopped_from.min())
