"""Holding facts against permits: the rules of scope, read on columns."""

from typing import Any

import ibis
from ibis import _

from registry.kernel.clock import FOREVER
from registry.permits.scope import SCOPE_RULES, judged

CODES = tuple(rule.code for rule in SCOPE_RULES)
OF_TIME = ("BEFORE_PERMIT", "AFTER_PERMIT")


def matching_permits(permits: Any, over: Any) -> Any:
    """Permits at each port seen that they match: exact numbers, or prefixes that they may spread over.

    permits: permit, digits, exact and the rest; over: port, prefix, each port with its prefixes.
    Answers the rest with `port`, `exact` and `length`.
    """
    met = over.join(permits, _.prefix == permits.digits)
    fits = met.filter((met.prefix == met.port) | ~met.exact)
    return fits.mutate(length=fits.digits.length()).drop("prefix", "digits")


def permit_verdicts(facts: Any, matching: Any, stops: Any, limits: Any) -> Any:
    """Facts against the permits that match them: one row for each fact that any matches.

    A fact is allowed where one permit allows all of it, or where several that differ in time cover it in turn
    (`straddles`: weak evidence). The booleans of the rules of scope, `permit`, `user` and `ever` (whether any matching
    permit was in force during the fact) are those of the most specific permit.

    stops: permit, stopped_from, stopped_until; limits: permit, limited_from, limited_until, left_categories.
    """
    held = judged(_usage_and_permit(facts, matching, stops, limits))
    untimely = [code for code in CODES if code not in OF_TIME]
    held = held.mutate(broken=_count(held, CODES), unlawful=_count(held, untimely))
    touches = (held.usage_first_at < held.permit_valid_until) & (held.usage_last_at >= held.permit_valid_from)
    held = held.mutate(touches=touches)
    order = [held.exact.desc(), held.length.desc(), held.touches.desc(), held.broken, held.permit]
    ranked = held.mutate(place=ibis.row_number().over(group_by="fact", order_by=order))
    summed = held.group_by("fact").agg(one_allows=(_.broken == 0).any(), ever=_.touches.any())
    met = (
        ranked.filter(_.place == 0).join(summed, "fact").left_join(_covered_in_turn(held), "fact", rname="turn_{name}")
    )
    covered = met.covered.fill_null(False)
    met = met.mutate(straddles=covered & ~met.one_allows, allowed=covered | met.one_allows)
    kept = ("fact", "permit", "user", "permit_hours", "permit_provinces", "allowed", "straddles", "ever")
    return met.select(*kept, *CODES)


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
    met = signed.join(matching, ["port", "folded"])
    met = met.left_join(_stopping(met, stops), ["fact", "permit"], rname="stop_{name}")
    met = met.left_join(_limiting(met, limits), ["fact", "permit"], rname="limit_{name}")
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
            met.left_categories.isnull(), met.permit_categories, met.permit_categories & met.left_categories
        ),
        permit_links=nothing,
        permit_contacts=nothing,
        permit_stopped_from=met.stopped_from.fill_null(FOREVER),
        permit_stopped_until=met.stopped_until.fill_null(0),
    )


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
    return found.group_by("fact", "permit").agg(left_categories=_.left_categories.bit_and())
