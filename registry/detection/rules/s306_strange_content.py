"""S306: others' content behind a legal signature.

What it detects
    Links or telephone numbers, in messages under a permitted signature, that neither the permit nor any party to
    the number declared, where few senders use them. `OTHERS_CONTENT`: another enterprise declared them;
    `STRANGE_CONTENT`: nobody did, those whose permits declare as much, or as little, do not carry such, and there are
    several, mobile numbers counting as one, or a lone link or fixed line came or went while its signature sent on, or a
    lone link stands beside those that the signature may use and still uses; `UNDECLARED_CONTENT`, which accuses
    nobody: any other lone one, or the registry's habit. Under a signature that looks or sounds like a protected name
    of somebody else it is impersonation, and so is a text that names a bank or whoever else's name is protected and
    leads to a stranger's link or number.
Why it matters
    Whoever hides behind a legal signature is betrayed by where the reader is to click or to ring.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources, the scope of signatures is not to grow);
    the controls of 2025 (links and contacts are filed).
Not a hit
    Shared links and hotlines; values that many signatures carry; what the same owner or user declared elsewhere;
    the holder's and the agents' own; beneficiaries (S311 speaks of those); few messages; mobile numbers that only a
    few messages bear, such as a courier's; a link that nobody declared and that begins as one that the permit
    declares, with the numbers beside it: a company's new site.
Known gaps
    Texts without links and numbers. A sub-domain is not told from its domain. Whoever takes a domain that begins as
    the customer's own passes. One tenant with one link looks as the customer's new site does, and one with one mobile
    number as a clerk's.
What the reviewer does
    Reads the samples, finds whose the link or number is, and asks the customer for the contract.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import beside, carried, for_oneself, hit, own_sites, rare_values, summed, unusual
from registry.detection.speaking import NAME, blameless
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S306"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "端口{port}上签名【{signature}】之下出现他人的链接或电话（{value}）",
    "【{signature}】 on port {port} carries others' links or numbers ({value})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` with a value and `least_share` of the signature's messages on the line (0 to 1); more of both,
    `least_unknown` and `share_unknown`, where nobody declared it or it is a mobile number. Of a small sender
    `few_unknown` with any values that nobody declared, mobile numbers apart, are enough where they are `large_unknown`
    of all, or `least_ways` and `share_ways` with mobile numbers beside links or fixed lines; or, each `least_told`
    times, show on `least_days` and are `share_of_days` of all on these: who lets his weekends, or a slice a day. Values
    are several where the second has `least_told` messages. A text speaks in somebody's name where `share_in_name` of as
    many messages as carry the value name it (0 to 1).
    A lone one, no mobile number, came or went where its signature sent on `least_quiet` other days so much that
    `least_missed` messages with it were to be expected there; or, `share_woken` of all, where the signature sent
    nothing before and after, on `least_silent` days. A lone link stands beside `least_own` messages with links that
    the signature may use, and `share_of_own` of as many as carry it.
    If more than `most_share` of the signatures carry values that nobody declared, it is the registry that lacks them:
    of those whose permits declare something, and of the others, each by themselves.
    """

    least_messages: int = 10
    least_share: float = 0.02
    least_unknown: int = 30
    share_unknown: float = 0.05
    few_unknown: int = 12
    large_unknown: float = 0.15
    least_ways: int = 20
    share_ways: float = 0.1
    least_told: int = 3
    least_days: int = 3
    share_of_days: float = 0.05
    share_in_name: float = 0.5
    least_quiet: int = 5
    least_missed: int = 15
    least_silent: int = 10
    share_woken: float = 0.5
    least_own: int = 10
    share_of_own: float = 0.25
    most_share: float = 0.1


def applies(world: World) -> Any:
    """Facts that a permit matches, but for those on behalf of others."""
    return for_oneself(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Strange links and numbers in a share that a slip does not explain."""
    judged = applies(world)
    odd = _with_beside(_not_its_own(carried(rare_values(world), judged), world))
    others = odd.known_of != ""
    doubtful = ~others | odd.mobile
    least = ibis.ifelse(doubtful, parameters.least_unknown, parameters.least_messages)
    share = ibis.ifelse(doubtful, parameters.share_unknown, parameters.least_share)
    odd = odd.mutate(enough=(odd.told >= least) & (odd.told >= odd.whole * share), nobodys=~others & ~odd.mobile)
    odd = summed(odd.mutate(unknown=~others), SUBJECT, "in_all", "nobodys")
    odd = summed(odd, SUBJECT, "in_ways", "unknown")
    few = odd.nobodys & (odd.in_all >= parameters.few_unknown) & (odd.in_all >= odd.whole * parameters.large_unknown)
    least_ways = ibis.greatest(odd.whole * parameters.share_ways, parameters.least_ways)
    mixed = odd.in_all.between(parameters.least_told, odd.in_ways - parameters.least_told)
    few |= odd.unknown & mixed & (odd.in_ways >= least_ways) & (odd.told >= parameters.least_told)
    odd = odd.filter(odd.enough | few).union(_in_slices(odd, judged, parameters)).distinct()
    odd = _turned(_by_habit(odd, judged, world, parameters.most_share), judged, world, parameters)
    odd = _added(odd, world, parameters)
    odd = odd.left_join(_passing_for_others(world), list(SUBJECT), rname="like_{name}")
    odd = odd.left_join(_speaking_of_others(world), list(SUBJECT), rname="named_{name}")
    spoken = odd.in_name.fill_null(0)
    speaks = spoken >= ibis.greatest(odd.told * parameters.share_in_name, parameters.least_told)
    passes = odd.passes.notnull() | (speaks & (odd.known_of == ""))
    telling = passes | (odd.beside >= parameters.least_told) | odd.turned | odd.added
    clause = ibis.cases(
        (odd.known_of != "", "OTHERS_CONTENT"),
        (odd.unusual & telling, "STRANGE_CONTENT"),
        else_="UNDECLARED_CONTENT",
    )
    of_content = ibis.ifelse(passes, "impersonation", "sublet")
    kind = ibis.ifelse(clause == "UNDECLARED_CONTENT", "other", of_content)
    return hit(odd, tenant=odd.known_of, clause=clause, kind=kind, value=odd.value)


def _with_beside(odd: Any) -> Any:
    """Adds `beside`: messages with the value of which second most tell; all mobile numbers count as one, 0 for none."""
    said = summed(odd.mutate(way=ibis.ifelse(odd.mobile, "", odd.value)), (*SUBJECT, "way"), "of_way")
    place = ibis.dense_rank().over(group_by=list(SUBJECT), order_by=[said.of_way.desc(), said.way])
    said = said.mutate(place=place)
    second = said.of_way.max(where=said.place == 1).over(ibis.window(group_by=list(SUBJECT)))
    return said.mutate(beside=second.fill_null(0)).select(*odd.columns, "beside")


def _turned(odd: Any, judged: Any, world: World, parameters: Parameters) -> Any:
    """Adds `turned`: what came or went within the window, while its signature sent before or after, or was silent.

    So much was sent on other days that, had it gone on as it went, it would show there too; or nothing was sent on many
    days, and then mostly with it. Staff change: their mobile numbers come and go.
    """
    key, each = list(SUBJECT), [*SUBJECT, "kind", "value"]
    span = odd.filter(odd.nobodys).group_by(*each, "told", "whole")
    span = span.agg(first=_.day.min(), last=_.day.max())
    sent = judged.group_by(*key, sent_on="day").agg(messages=_.messages.sum())
    within = span.join(sent, key, rname="sent_{name}").mutate(during=_.sent_on.between(_.first, _.last))
    counts = within.group_by(*each, "told", "whole").agg(
        at_the_time=_.messages.sum(where=_.during).fill_null(0), days=_.count(), quiet=(~_.during).sum().fill_null(0)
    )
    counts = beside(counts, world)
    missed = (counts.whole - counts.at_the_time) * counts.told / ibis.greatest(counts.at_the_time, 1)
    stopped = (counts.quiet >= parameters.least_quiet) & (missed >= parameters.least_missed)
    woke = (counts.window_days - counts.days >= parameters.least_silent) & (counts.quiet == 0)
    woke &= counts.told >= counts.whole * parameters.share_woken
    met = counts.filter(stopped | woke).select(*each).mutate(came=True)
    found = odd.left_join(met, each, rname="turned_{name}")
    return found.mutate(turned=found.came.fill_null(False)).select(*odd.columns, "turned")


def _added(odd: Any, world: World, parameters: Parameters) -> Any:
    """Adds `added`: links beside which the signature goes on using those that it may use."""
    key = list(SUBJECT)
    own = blameless(world.spoken.filter(_.kind == "link").semi_join(odd, key), world.strange)
    own = own.group_by(*key).agg(own=_.messages.sum())
    met = odd.left_join(own, key, rname="own_{name}").mutate(own=_.own.fill_null(0))
    enough = ibis.greatest(met.told * parameters.share_of_own, parameters.least_own)
    added = met.nobodys & (met.kind == "link") & (met.own >= enough)
    return met.mutate(added=added).select(*odd.columns, "added")


def _passing_for_others(world: World) -> Any:
    """Signatures like a guarded name, but no part of it nor it of them, where its owner is no party: `passes`."""
    like = world.kin.filter((_.like != "") & ~_.folded.contains(_.like) & ~_.like.contains(_.folded))
    like = like.join(world.guarded.select(like="folded", enterprise="owner"), "like")
    at_home = like.semi_join(world.related, ["line", "enterprise"])
    away = like.anti_join(at_home, list(SUBJECT)).anti_join(world.guarded, "folded")  # a protected one poses as none
    return away.select(*SUBJECT).distinct().mutate(passes=True)


def _speaking_of_others(world: World) -> Any:
    """How many messages speak of the guarded name of a stranger that most speak of: adds `in_name`."""
    guarded = world.named.filter(_.kind == NAME).semi_join(world.guarded.select(name="folded"), "name")
    each = guarded.group_by(*SUBJECT, "name").agg(in_name=_.messages.sum())
    return each.group_by(*SUBJECT).agg(in_name=_.in_name.max())


def _not_its_own(odd: Any, world: World) -> Any:
    """Without new sites of the signature's own, and the numbers that stand by them."""
    key = ["line", "folded"]
    sites = own_sites(odd, world)
    beside = odd.filter((_.known_of == "") & (_.kind == "contact")).semi_join(sites, key).select(*sites.columns)
    return odd.anti_join(sites.union(beside), [*key, "kind", "value"])


def _in_slices(odd: Any, judged: Any, parameters: Parameters) -> Any:
    """Values that nobody declared, few of all messages, yet a part of those of the days on which they show."""
    odd = odd.filter(odd.nobodys & (odd.told >= parameters.least_told))
    odd = summed(odd, SUBJECT, "in_slices").filter(_.in_slices >= parameters.few_unknown)
    days = odd.select(*SUBJECT, "day").distinct()
    shown = judged.semi_join(days, [*SUBJECT, "day"]).group_by(*SUBJECT)
    shown = shown.agg(of_days=_.messages.sum(), days=_.day.nunique())
    met = odd.join(shown, list(SUBJECT), rname="shown_{name}").filter(_.days >= parameters.least_days)
    return met.filter(_.in_slices >= _.of_days * parameters.share_of_days).select(*odd.columns).drop("in_slices")


def _by_habit(odd: Any, judged: Any, world: World, most_share: float) -> Any:
    """Adds `unusual` among those whose permits declare something, and among those who declare nothing.

    Of a few who declare nothing no habit can be told: theirs is not called unusual.
    """
    key = ["line", "folded"]
    declaring = world.permitted.semi_join(world.values, "permit").select(*key).distinct()
    some = unusual(odd.semi_join(declaring, key), judged.semi_join(declaring, key), SUBJECT, most_share)
    none = unusual(odd.anti_join(declaring, key), judged.anti_join(declaring, key), SUBJECT, most_share, least=0)
    return ibis.union(some, none)
