"""What every rule's answer looks like, and the arithmetic that several rules share."""

from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import all_bits, common_bits, with_distinct
from registry.detection.world import World, meeting

COLUMNS = (
    "day",
    "gateway",
    "port",
    "line",
    "submitter",
    "signature",
    "folded",
    "tenant",
    "category",
    "messages",
    "first_at",
    "last_at",
    "permit",
    "clause",
    "kind",
    "value",
    "cluster",
)


def hit(
    rows: Any,
    *,
    tenant: Any = "",
    permit: Any = "",
    clause: Any = "",
    kind: Any = "",
    value: Any = "",
    cluster: Any = "",
) -> Any:
    """Rows of facts as a rule answers them: who is seen instead, against which permit, which clause is broken.

    kind: the kind of case that they speak for, where it is not the rule's own. value: a link or a number; cluster: what
    it hangs together with.
    """
    added = {"tenant": tenant, "permit": permit, "clause": clause, "kind": kind, "value": value, "cluster": cluster}
    filled = {name: ibis.literal(value) if isinstance(value, str) else value for name, value in added.items()}
    return rows.mutate(**filled).select(*COLUMNS)


def enough(rows: Any, keys: tuple[str, ...], least_messages: int) -> Any:
    """Rows of those groups that hold at least so many messages in the window."""
    total = rows.messages.sum().over(ibis.window(group_by=list(keys)))
    return rows.mutate(total=total).filter(_.total >= least_messages).drop("total")


def share_of(rows: Any, all_rows: Any, keys: tuple[str, ...], least_share: float) -> Any:
    """Rows of those groups whose messages are at least this share of all the group's messages."""
    whole = all_rows.semi_join(rows, list(keys)).group_by(*keys).agg(whole=_.messages.sum())
    part = rows.messages.sum().over(ibis.window(group_by=list(keys)))
    met = rows.mutate(part=part).join(whole, list(keys), rname="whole_{name}")
    return met.filter(_.part >= _.whole * least_share).select(*rows.columns)


def telling(rows: Any, all_rows: Any, keys: tuple[str, ...], many: tuple[int, float], large: tuple[int, float]) -> Any:
    """Rows of those groups that hold so many messages and such a share of the group's, by one of two measures.

    Of a small sender few messages tell as much as many of a large one, where they are a large share.
    """
    whole = all_rows.semi_join(rows, list(keys)).group_by(*keys).agg(whole=_.messages.sum())
    part = rows.messages.sum().over(ibis.window(group_by=list(keys)))
    met = rows.mutate(part=part).join(whole, list(keys), rname="whole_{name}")
    ways = [(met.part >= least) & (met.part >= met.whole * share) for least, share in (many, large)]
    return met.filter(ways[0] | ways[1]).select(*rows.columns)


def permitted(world: World, rows: Any, allowing: str, left: str = "") -> Any:
    """Messages by day with what permits that are in force on the day allow together: adds `permit` and `allowed`.

    allowing: a permit's column of bits; left: what measures leave of it, as a column of `limits`. Permits are asked by
    day: days are few, messages many.
    """
    days = rows.select("day", "first_at", "last_at").distinct()
    held = days.join(world.permits.select("port", "folded", "permit", allowing, *_SPAN), True)
    held = held.filter((_.first_at < _.permit_valid_until) & (_.last_at >= _.permit_valid_from))
    held = _lessened(world, held, allowing, left) if left else held
    allowed = held.group_by("day", "port", "folded").agg(allowed=all_bits(held[allowing]), permit=_.permit.min())
    return rows.join(allowed, ["day", "port", "folded"])


def _lessened(world: World, held: Any, allowing: str, left: str) -> Any:
    """Permits by day with the bits that measures which stood the whole day leave of them."""
    limits = world.limits.select("permit", left, "limited_from", "limited_until")
    met = held.join(limits, "permit").filter((_.limited_from <= _.first_at) & (_.limited_until > _.last_at))
    keys = ["day", "first_at", "last_at", "permit"]
    met = met.group_by(*keys).agg(left_bits=common_bits(met[left]))
    joined = held.left_join(met, keys, rname="left_{name}")
    bits = ibis.ifelse(joined.left_bits.isnull(), joined[allowing], joined[allowing] & joined.left_bits)
    return joined.mutate(**{allowing: bits}).select(*held.columns)


_SPAN = ("permit_valid_from", "permit_valid_until")


def summed(rows: Any, keys: tuple[str, ...], name: str, which: str = "") -> Any:
    """Adds under `name` the messages of each row's group; only of rows where the column `which` is true, if named."""
    counted = ibis.ifelse(rows[which], rows.messages, 0) if which else rows.messages
    return rows.mutate(**{name: counted.sum().over(ibis.window(group_by=list(keys)))})


def on_days(rows: Any, keys: tuple[str, ...], name: str = "days") -> Any:
    """Adds on how many different days each row's group was seen."""
    return with_distinct(rows, name, "day", *keys)


def beside(rows: Any, world: World) -> Any:
    """Adds `window_days`: on how many days anything was seen at all."""
    return rows.cross_join(world.facts.agg(window_days=_.day.nunique()))


def by_chain(world: World, facts: Any) -> Any:
    """Adds `inside`: handed in by an account of the declared chain, or by a gateway that names no account."""
    met = meeting(facts, world.declared.rename(sender="enterprise"), "port", "sender").select("fact")
    found = facts.left_join(met.mutate(met=True), "fact", rname="met_{name}")
    return found.mutate(inside=found.met.notnull() | (found.submitter == "")).select(*facts.columns, "inside")


def for_oneself(world: World) -> Any:
    """Facts that a permit matches, but for those on behalf of others."""
    own = world.permitted.anti_join(world.permitted.filter(_.on_behalf != "none"), ["line", "folded"])
    return world.facts.semi_join(world.matched, "fact").semi_join(own, ["line", "folded"])


def loose(world: World) -> Any:
    """Signed facts that no permit matches, with how their signature stands to the line: `kin` and the rest."""
    free = world.signed().anti_join(world.matched, "fact")
    return free.join(world.kin, ["line", "folded"])


def rare_values(world: World) -> Any:
    """Strange links and numbers that few signatures carry: what many use is a service, whoever declared it."""
    few = world.spread.cross_join(common_from(world))
    return world.strange.semi_join(few.filter(few.senders <= few.common), ["kind", "value"])


def common_from(world: World) -> Any:
    """The number of signatures up to which what they carry is rare, as one row: common."""
    told = world.spoken.agg(signatures=_.folded.nunique())
    return told.select(common=ibis.least(ibis.greatest(told.signatures * COMMON_SHARE, LEAST_COMMON), MOST_COMMON))


def own_sites(odd: Any, world: World) -> Any:
    """Links that nobody declared and that begin as a declared one of the signature on the line: line .. value."""
    key = ("line", "folded")
    declared = world.permitted.join(world.values.filter(_.kind == "link"), "permit", rname="value_{name}")
    declared = declared.select(*key, stem=_.value.re_extract(STEM, 1)).filter(_.stem != "").distinct()
    nobodys = odd.filter((_.known_of == "") & (_.kind == "link")).mutate(stem=_.value.re_extract(STEM, 1))
    return nobodys.filter(_.stem != "").semi_join(declared, [*key, "stem"]).select(*key, "kind", "value")


STEM = "^([a-z0-9-]{5})"
"""So much of a domain tells whose it is."""


def carrying(world: World, free: Any, least_messages: int, least_share: float) -> Any:
    """Rows of those names on a line that carry so many strange links and numbers: adds `tenant`, who declared them."""
    odd = rare_values(world).group_by("line", "folded").agg(odd=_.messages.sum(), tenant=_.known_of.max())
    met = summed(free, ("line", "folded"), "told").join(odd, ["line", "folded"])
    return met.filter(met.odd >= ibis.greatest(met.told * least_share, least_messages))


COMMON_SHARE, LEAST_COMMON, MOST_COMMON = 0.02, 8, 30
"""A value is common from this share of all signatures on, within these numbers of signatures."""


def unusual(rows: Any, judged: Any, keys: tuple[str, ...], most_share: float, least: int = 20) -> Any:
    """Adds `unusual`: whether no more than a share of the groups judged, if they are enough, are among the rows.

    What a large part of a registry does is its habit, or its gap: no cheat.
    """
    met = rows.select(*keys).distinct().agg(met=_.count())
    all_told = judged.select(*keys).distinct().agg(all_told=_.count())
    found = rows.cross_join(met).cross_join(all_told)
    return found.mutate(unusual=(_.all_told < least) | (_.met <= _.all_told * most_share)).drop("met", "all_told")


DAY = 86_400_000  # milliseconds
MOBILE = "^1[3-9][0-9]{9}$"


def carried(values: Any, judged: Any) -> Any:
    """Values of the signatures on the lines judged: adds `told` (messages with the value), `whole` and `mobile`."""
    whole = judged.group_by("line", "folded").agg(whole=_.messages.sum())
    met = values.join(whole, ["line", "folded"])
    met = met.mutate(mobile=(met.kind == "contact") & met.value.re_search(MOBILE))
    return summed(met, ("line", "folded", "kind", "value"), "told")
