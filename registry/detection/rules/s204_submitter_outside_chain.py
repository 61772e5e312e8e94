"""S204: a submitting account outside the declared chain.

What it detects
    Messages of a registered port that were handed in by an account of an enterprise that neither holds the port nor is
    anywhere in the chain declared for it, or by an account that the registry does not know. Under a protected name for
    which there is no permit on the number it is impersonation: somebody has opened an extension of a bank's.
Why it matters
    A missing hop is a reseller whom nobody declared: the law names invented and hidden agency relations.
Basis
    Anti Telecom and Online Fraud Law, article 31; MIIT meeting of 2021-10-25 (manage access to ports).
Not a hit
    Accounts of the holder, of any declared agent or integrator, and of the permit's user.
Known gaps
    Gateways name the directly connected company only: agents behind it show only where `agent` is passed on.
What the reviewer does
    Asks the submitting company for its contract with the holder; has the hop declared, or the account stopped.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import beside, enough, hit, on_days, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S204"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("submitter",)
SUBJECT = ("line", "submitter")
SUMMARY = Sentence(
    "账号{submitter}不在端口{port}已报备的链条内", "account {submitter} is outside the chain declared for port {port}"
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a submitter on a line does not count (messages; those of all
    accounts of one enterprise together, for it has one at each gateway). On one day alone
    (of `long_window` days or more) it may be an outage; an account that nobody knows speaks of a missing hop from
    `least_unknown` messages on, `least_days` days, and while it hands in no more than `most_share` of the line.
    """

    least_messages: int = 20
    long_window: int = 7
    least_unknown: int = 100
    least_days: int = 3
    most_share: float = 0.8


def applies(world: World) -> Any:
    """Facts of registered ports."""
    return meeting(world.facts, world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts whose submitting enterprise is no part of the chain."""
    inside = meeting(world.facts, world.declared.rename(sender="enterprise"), "port", "sender").select("fact")
    outside = applies(world).anti_join(inside, "fact")
    clause = ibis.ifelse(outside.sender == "", "SUBMITTER_UNKNOWN", "SUBMITTER_OUTSIDE_CHAIN")
    outside = outside.mutate(clause=clause, who=ibis.ifelse(outside.sender == "", outside.submitter, outside.sender))
    counted = enough(outside, _WHO, parameters.least_messages)
    whole = world.facts.group_by("line").agg(of_line=_.messages.sum())
    counted = on_days(summed(counted, _WHO, "told"), _WHO).join(whole, "line")
    counted = beside(counted, world)
    lasting = (counted.days > 1) | (counted.window_days < parameters.long_window)
    least_days = ibis.least(counted.window_days, parameters.least_days)
    many = (counted.told >= parameters.least_unknown) & (counted.told <= counted.of_line * parameters.most_share)
    known = counted.clause == "SUBMITTER_OUTSIDE_CHAIN"
    sublet = (known & lasting) | (~known & many & (counted.days >= least_days))
    guarded = world.facts.semi_join(world.guarded, "folded").anti_join(world.matched, "fact").select("fact")
    counted = counted.mutate(sublet=sublet, lasting=lasting)
    counted = counted.left_join(guarded.mutate(guarded=True), "fact", rname="guarded_{name}")
    poses = counted.guarded.notnull() & counted.lasting
    kind = ibis.cases((poses, "impersonation"), (counted.sublet, "sublet"), else_="other")
    return hit(counted, tenant=counted.sender, clause=counted.clause, kind=kind)


_WHO = ("line", "who")
