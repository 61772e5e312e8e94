"""S301: a category beyond the permit.

What it detects
    Messages of a category that no permit for this signature on this port allows, in a share that classification noise
    does not explain.
Why it matters
    Marketing on a notice permit is the commonest way in which the approved scope of a signature grows.
Basis
    MIIT meeting of 2021-10-25 (the scope of signatures is not to grow); Telecommunications Regulations, article 28 (no
    change of use of codes).
Not a hit
    What accounts outside the chain hand in: S204 tells that story. Fewer than `least_messages`, or less than
    `least_share` of what the signature sends on the line; what four in five others show too.
Known gaps
    The category is read from the text: wording that is made to look like a notice passes for one.
What the reviewer does
    Reads the samples; asks for the wider permit, or has the sending stopped.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import all_bits
from registry.detection.rules._shape import enough, hit, share_of
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.texts.category import Category

CODE = "S301"
SEVERITY = Severity.HIGH
KIND = "scope_expansion"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded", "category")
SUMMARY = Sentence(
    "签名【{signature}】在端口{port}上发送了许可之外的类别（{category}）",
    "【{signature}】 sends a category on port {port} that its permit does not allow ({category})",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window, and `least_share` of the signature's messages on the line (0 to 1), over all days
    or over the last third of them; of dunning, for which no notice is taken, `share_of_dunning`; never less than
    `above_usual` times what four in five signatures show. Marketing of which less than `least_refusable` names a way to
    refuse, and that is less than `large_share` of what the signature sends on the line, may be a notice misread: it
    makes no case of its kind.
    """

    least_messages: int = 20
    least_share: float = 0.05
    share_of_dunning: float = 0.02
    above_usual: float = 2.0
    least_refusable: float = 0.05
    large_share: float = 0.5


def applies(world: World) -> Any:
    """Facts that a permit matches."""
    return world.facts.semi_join(world.matched, "fact")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts whose category none of the matching permits allows."""
    broken = world.verdicts.filter(~_.allowed & _.CATEGORY_NOT_PERMITTED & ~_.PERMIT_SUSPENDED).select("fact", "permit")
    beyond = world.facts.join(broken, "fact").anti_join(world.outside, ["gateway", "port", "submitter"])
    late = share_of(_late(beyond, world), _late(applies(world), world), _KEY, parameters.least_share)
    late = enough(late, SUBJECT, parameters.least_messages).select(*SUBJECT).distinct()
    enough_of = enough(beyond, SUBJECT, parameters.least_messages)
    whole = share_of(enough_of, applies(world), _KEY, parameters.least_share).select(*SUBJECT)
    dunned = enough_of.filter(_.category == int(Category.DUNNING))
    dunned = share_of(dunned, applies(world), _KEY, parameters.share_of_dunning).select(*SUBJECT)
    beyond = beyond.semi_join(ibis.union(whole, late, dunned, distinct=True), list(SUBJECT))
    allowed = _allowed(world)
    beyond = _above_usual(beyond, applies(world), allowed, parameters.above_usual)
    beyond = beyond.join(allowed, ["line", "folded"])
    over = beyond.category & ~beyond.allowed
    over = ibis.ifelse(over == 0, beyond.category, over)  # the permit allows it: a measure took it away
    kind = ibis.ifelse(((over & _PAID) != 0) & _plain(beyond, parameters), "scope_expansion", "other")
    return hit(beyond, permit=beyond.permit, clause="CATEGORY_NOT_PERMITTED", kind=kind)


def _plain(beyond: Any, parameters: Parameters) -> Any:
    """Whether what goes beyond shows itself: by its ways to refuse, which notices lack, or by its part of the whole."""
    over = ibis.window(group_by=list(SUBJECT))
    part, bare = beyond.messages.sum().over(over), beyond.without_opt_out.sum().over(over)
    dunned = (beyond.category & int(Category.DUNNING)) != 0
    refusable = part - bare >= part * parameters.least_refusable
    nothing_to_misread = (beyond.allowed & int(Category.NOTICE)) == 0
    return dunned | refusable | nothing_to_misread | (part >= beyond.all_told * parameters.large_share)


_KEY = ("line", "folded")
_PAID = int(Category.MARKETING | Category.DUNNING)


def _late(facts: Any, world: World) -> Any:
    """Facts of the last third of the days: what drifts shows there first."""
    span = world.facts.agg(first=_.day.min().epoch_seconds(), last=_.day.max().epoch_seconds())
    return facts.cross_join(span).filter(3 * (_.day.epoch_seconds() - _.first) >= 2 * (_.last - _.first))


def _above_usual(beyond: Any, judged: Any, allowed: Any, times: float) -> Any:
    """Rows of signatures that show more than others do: what is usual is how texts are read, not how they are sent.

    Usual, of each category by itself, is what four in five of all show, or half of those with the same permitted
    categories, or half of these in the same industry, whichever is most: a trade's own words are misread in all its
    notices.
    """
    whole = judged.group_by(*_KEY).agg(whole=_.messages.sum()).filter(_.whole >= LEAST_JUDGED)
    part = beyond.group_by(*SUBJECT).agg(part=_.messages.sum())
    shares = whole.cross_join(part.select("category").distinct()).left_join(part, list(SUBJECT), rname="part_{name}")
    shares = shares.mutate(share=_.part.fill_null(0) / _.whole).join(allowed, list(_KEY))
    usual = shares.group_by("category").agg(usual=_.share.quantile(0.8), judged=_.count())
    usual = usual.select("category", usual=ibis.ifelse(_.judged >= LEAST_USUAL, _.usual, 0.0))
    alike = _alike(shares, "allowed").union(_alike(shares, "allowed", "industry"))
    alike = alike.group_by(*SUBJECT).agg(alike=_.alike.max())
    met = beyond.join(part, list(SUBJECT)).join(judged.group_by(*_KEY).agg(all_told=_.messages.sum()), list(_KEY))
    met = met.left_join(usual, "category", rname="usual_{name}")
    met = met.left_join(alike, list(SUBJECT), rname="alike_{name}")
    most = ibis.greatest(met.usual.fill_null(0.0), met.alike.fill_null(0.0))
    return met.filter(met.part > met.all_told * times * most).select(*beyond.columns, "all_told")


def _allowed(world: World) -> Any:
    """Of each signature on a line, what its permits allow together, and the industry of who uses them."""
    trades = world.parties.group_by(user="enterprise").agg(industry=_.industry.max())
    held = world.permitted.left_join(trades, "user", rname="trade_{name}")
    return held.group_by(*_KEY).agg(allowed=all_bits(_.permit_categories), industry=_.industry.max().fill_null(""))


def _alike(shares: Any, *same: str) -> Any:
    """What half of the signatures show that are the same in this: line, folded, category, alike."""
    of_these = shares.group_by("category", *same).agg(alike=_.share.median(), judged=_.count())
    return shares.join(of_these.filter(_.judged >= LEAST_ALIKE), ["category", *same]).select(*SUBJECT, "alike")


LEAST_JUDGED, LEAST_USUAL, LEAST_ALIKE = 50, 20, 5
"""Messages of a signature, signatures, and signatures with the same categories, from which there is a usual."""
