"""S208: a permit on a number that is not, or no longer, its user's.

What it detects
    Messages under a permit whose user and owner neither hold the number nor have it by a hop: because the hop by which
    they had it ended long before, or because the number is its holder's own, for nobody else.
Why it matters
    The permit outlived what it stood on. A number that is used by another than its holder is transferred or let,
    whatever paper lies beside it.
Basis
    Telecommunications Regulations, article 28 (no transfer or unauthorised lease of codes); MIIT meeting of 2021-10-25.
Not a hit
    Hops that ended less than `late_days` before (their renewal is late); users under a service company's range whom
    the permit alone declares; companies tied to the holder weigh little.
Known gaps
    A hop that was never declared can't have ended.
What the reviewer does
    Has the hop renewed with its contract, or the number returned and allotted anew.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import DAY, enough, hit, unusual
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S208"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】的许可所在端口{port}已不归其使用",
    "the permit of 【{signature}】 lies on port {port}, which is not, or no longer, its user's",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window; a hop is `late_days` late before it counts as ended. More than `most_share` of
    the signatures with a permit is the registry's gap.
    """

    least_messages: int = 10
    late_days: int = 7
    most_share: float = 0.05


def applies(world: World) -> Any:
    """Facts that a permit on a registered number matches."""
    return meeting(world.facts.semi_join(world.matched, "fact"), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts whose permit's parties lost the number, or never had it."""
    loose = _loose(world)
    had = world.delegated.select("port", enterprise="to_enterprise", until="valid_until")
    had = had.union(world.former.select(*had.columns))
    ended = [loose.join(had.rename({who: "enterprise"}), ["port", who]) for who in _PARTIES]
    lost = ended[0].union(ended[1]).filter(_.until <= _.first_at)
    lost = lost.group_by("fact").agg(until=_.until.max(), permit=_.permit.min())
    lost = world.facts.join(lost, "fact").filter(_.first_at - _.until >= parameters.late_days * DAY)
    lost = lost.mutate(clause=ibis.literal("HOP_ENDED"), tied=ibis.literal(value=False)).drop("until")
    found = lost.union(_of_others(world, loose.anti_join(lost, "fact")).select(*lost.columns))
    found = enough(found, SUBJECT, parameters.least_messages)
    found = unusual(found, applies(world), SUBJECT, parameters.most_share)
    kind = ibis.ifelse(found.unusual & ~found.tied, "sublet", "other")
    return hit(found, permit=found.permit, clause=found.clause, kind=kind)


_PARTIES = ("user", "owner")


def _loose(world: World) -> Any:
    """Facts with their permits, of whose parties none holds the number or was given it at the time."""
    permits = world.permits.select("port", "folded", "permit", *_PARTIES, "permit_valid_from", "permit_valid_until")
    held = applies(world).select("fact", "port", "folded", "first_at", "last_at").join(permits, ["port", "folded"])
    held = held.filter((_.first_at < _.permit_valid_until) & (_.last_at >= _.permit_valid_from))
    span = ("valid_from", "valid_until")
    placed = world.covering.select("port", *span, enterprise="holder")
    placed = placed.union(world.delegated.select("port", *span, enterprise="to_enterprise"))
    lawful = [meeting(held.rename(enterprise=who), placed, "port", "enterprise").select("fact") for who in _PARTIES]
    loose = held.anti_join(lawful[0].union(lawful[1]), "fact")
    return loose.select("fact", "port", "first_at", "permit", *_PARTIES)


def _of_others(world: World, loose: Any) -> Any:
    """Facts on numbers that are their holder's own; `tied`: a party of the permit is tied to who may be there."""
    longest = world.covering.prefix.length().max().over(ibis.window(group_by="port"))
    own = world.covering.mutate(longest=longest).filter((_.prefix.length() == _.longest) & (_.use == "own"))
    taken = loose.semi_join(own, "port")
    kin = [taken.semi_join(world.tied.rename({who: "other"}), ["port", who]).select("fact") for who in _PARTIES]
    tied = kin[0].union(kin[1]).distinct().mutate(tied=True)
    taken = taken.group_by("fact").agg(permit=_.permit.min()).left_join(tied, "fact", rname="tied_{name}")
    taken = taken.mutate(tied=_.tied.fill_null(False), clause=ibis.literal("OWN_NUMBER_OF_ANOTHER"))
    return world.facts.join(taken.select("fact", "permit", "clause", "tied"), "fact")
