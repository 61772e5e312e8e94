"""What every rule's answer looks like, and the arithmetic that several rules share."""

from typing import Any

import ibis
from ibis import _

from registry.detection.world import World

COLUMNS = (
    "day",
    "gateway",
    "port",
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
)


def hit(rows: Any, *, tenant: Any = "", permit: Any = "", clause: Any = "", kind: Any = "") -> Any:
    """Rows of facts as a rule answers them: who is seen instead, against which permit, which clause is broken.

    kind: the kind of case that the rows speak for, where it is not the rule's own.
    """
    added = {"tenant": tenant, "permit": permit, "clause": clause, "kind": kind}
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


def permitted(world: World, rows: Any, allowing: str) -> Any:
    """Messages by day with what permits that are in force on the day allow together: adds `permit` and `allowed`.

    allowing: a permit's column of bits. Permits are asked by day: days are few, messages many.
    """
    days = rows.select("day", "first_at", "last_at").distinct()
    held = days.join(world.permits.select("port", "folded", "permit", allowing, *_SPAN), True)
    held = held.filter((_.first_at < _.permit_valid_until) & (_.last_at >= _.permit_valid_from))
    allowed = held.group_by("day", "port", "folded").agg(allowed=_[allowing].bit_or(), permit=_.permit.min())
    return rows.join(allowed, ["day", "port", "folded"])


_SPAN = ("permit_valid_from", "permit_valid_until")
