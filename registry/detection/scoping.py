"""Holding facts against permits: the rules of scope, read on columns."""

from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import common_bits
from registry.kernel.clock import FOREVER
from registry.permits.scope import SCOPE_RULES, judged

CODES = tuple(rule.code for rule in SCOPE_RULES)
_TIMES = ("permit_valid_from", "permit_valid_until", "permit_stopped_from", "permit_stopped_until")
OF_TIME = ("BEFORE_PERMIT", "AFTER_PERMIT")


def matching_permits(permits: Any, over: Any) -> Any:
    """Permits at each port seen that they match: exact numbers, or prefixes that they may spread over.

    permits: permit, digits, exact and the rest; over: port, prefix, each port with its prefixes.
    Answers the rest with `port`, `exact` and `length`.
    """
    met = over.join(permits, _.prefix == permits.digits)
    fits = met.filter((met.prefix == met.port) | ~met.exact)
    return fits.mutate(length=fits.digits.length()).drop("prefix", "digits")


def stopped_above(permits: Any, over: Any, stops: Any) -> Any:
    """Stopped permits for one number, at the longer numbers seen that begin with it, which they don't reach.

    Answers port, folded, permit, stopped_from, stopped_until.
    """
    longer = over.filter(_.prefix != _.port)
    met = longer.join(permits.filter(_.exact), _.prefix == permits.digits).join(stops, "permit")
    return met.select("port", "folded", "permit", "stopped_from", "stopped_until")


def matched_facts(facts: Any, matching: Any, stops: Any, limits: Any) -> Any:
    """Signed facts that any permit matches, each once: fact, one_allows (whether one permit allows all of it).

    Most facts are lawful: that much is asked of all, everything else (`permit_verdicts`) only of the others.
    stops: permit, stopped_from, stopped_until; limits: permit, limited_from, limited_until, left_categories.
    """
    held = judged(_usage_and_permit(facts, matching, stops, limits))
    broken = held[CODES[0]]
    for code in CODES[1:]:
        broken = broken | held[code]
    return held.mutate(lawful=~broken).group_by("fact").agg(one_allows=_.lawful.any())


def permit_verdicts(facts: Any, matching: Any, stops: Any, limits: Any) -> Any:
    """Facts that no single permit allows against the permits that match them: one row for each fact.

    A fact is allowed nevertheless where several permits that differ in time cover it in turn: weak evidence. The
    booleans of the rules of scope, `permit` and `user` are those of the most specific permit.
    """
    held = _ranked(judged(_usage_and_permit(facts, matching, stops, limits)))
    best = held.filter(_.place == 0)
    met = best.left_join(_covered_in_turn(held), "fact", rname="turn_{name}")
    kept = ("fact", "permit", "user", "permit_hours", "permit_provinces", *_TIMES)
    return met.mutate(allowed=met.covered.fill_null(False)).select(*kept, "allowed", *CODES)


def _ranked(held: Any) -> Any:
    """Adds `place` (0: the most specific permit of a fact), `unlawful` (rules broken but for time) and `touches`."""
    touches = (held.usage_first_at < held.permit_valid_until) & (held.usage_last_at >= held.permit_valid_from)
    unlawful = _count(held, [code for code in CODES if code not in OF_TIME])
    held = held.mutate(broken=_count(held, CODES), unlawful=unlawful, touches=touches)
    order = [
        held.exact.desc(),
        held.length.desc(),
        held.touches.desc(),
        held.broken,
        held.permit,
        held.permit_valid_from,
    ]
    return held.mutate(place=ibis.row_number().over(group_by="fact", order_by=order))


def _covered_in_turn(held: Any) -> Any:
    """Facts that permits which allow all but the whole time cover without a gap: fact, covered."""
    timely = held.filter((held.unlawful == 0) & held.touches)
    before = ibis.window(group_by="fact", order_by="permit_valid_from", preceding=(None, 1))
    timely = timely.mutate(reached=_.permit_valid_until.max().over(before))
    timely = timely.mutate(gap=(_.permit_valid_from > _.reached.fill_null(FOREVER)))
    ends = timely.group_by("fact", "usage_first_at", "usage_last_at").agg(
        since=_.permit_valid_from.min(), until=_.permit_valid_until.max(), gap=_.gap.any()
    )
    whole = (ends.since <= ends.usage_first_at) & (ends.until > ends.usage_last_at) & ~ends.gap
    return ends.mutate(covered=whole).select("fact", "covered")


def _count(held: Any, codes: Any) -> Any:
    return sum((held[code].cast("int64") for code in codes), ibis.literal(0, "int64"))


def _usage_and_permit(facts: Any, matching: Any, stops: Any, limits: Any) -> Any:
    signed = facts.filter(_.folded != "").select("fact", "port", "folded", "category", "first_at", "last_at")
    met = _unmeasured(signed, matching, stops, limits).union(_measured(signed, matching, stops, limits))
    nothing = ibis.literal(0, "int64")
    return met.mutate(
        usage_categories=met.category,
        usage_provinces=nothing,  # recipients move: the rule on provinces judges shares, not single messages
        usage_first_at=met.first_at,
        usage_last_at=met.last_at,
        usage_marketing_hours=nothing,  # queues spill: the rule on hours judges counts, with its grace
        usage_month_volume=nothing,
        usage_links=nothing,
        usage_contacts=nothing,
        # a CASE, since the engine's dialect forgets the brackets of `~(a & b)` when it folds two selects into one
        permit_categories=ibis.ifelse(
            met.left_categories == FOREVER, met.permit_categories, met.permit_categories & met.left_categories
        ),
        permit_links=nothing,
        permit_contacts=nothing,
        permit_stopped_from=met.stopped_from,
        permit_stopped_until=met.stopped_until,
    )


def _unmeasured(signed: Any, matching: Any, stops: Any, limits: Any) -> Any:
    """Facts with permits that no measure touches: nearly all."""
    free = matching.anti_join(stops, "permit").anti_join(limits, "permit")
    return signed.join(free, ["port", "folded"]).mutate(**_UNTOUCHED)


def _measured(signed: Any, matching: Any, stops: Any, limits: Any) -> Any:
    """Facts with permits that measures touch: adds for each what those do that touch it."""
    touched = matching.semi_join(stops.select("permit").union(limits.select("permit")), "permit")
    met = signed.join(touched, ["port", "folded"])
    found = met.left_join(_stopping(met, stops), ["fact", "permit"], rname="stop_{name}")
    found = found.left_join(_limiting(met, limits), ["fact", "permit"], rname="limit_{name}")
    filled = {name: found[name].fill_null(nothing) for name, nothing in _UNTOUCHED.items()}
    return found.mutate(**filled).select(*met.columns, *_UNTOUCHED)


_UNTOUCHED = {
    "stopped_from": ibis.literal(FOREVER, "int64"),
    "stopped_until": ibis.literal(0, "int64"),
    "left_categories": ibis.literal(FOREVER, "int64"),
}


def _stopping(met: Any, stops: Any) -> Any:
    """For each fact and permit, the time in which measures that touch it stop it."""
    found = met.join(stops, "permit", rname="measure_{name}")
    found = found.filter((found.first_at < found.stopped_until) & (found.last_at >= found.stopped_from))
    spans = {"stopped_from": _.stopped_from.min(), "stopped_until": _.stopped_until.max()}
    return found.group_by("fact", "permit").agg(**spans)


def _limiting(met: Any, limits: Any) -> Any:
    """For each fact and permit, the categories that measures that touch it leave."""
    found = met.join(limits, "permit", rname="measure_{name}")
    found = found.filter((found.first_at < found.limited_until) & (found.last_at >= found.limited_from))
    return found.group_by("fact", "permit").agg(left_categories=common_bits(found.left_categories))
