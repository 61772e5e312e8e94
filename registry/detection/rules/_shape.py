"""What every rule's answer looks like, and the arithmetic that several rules share."""

from typing import Any

import ibis
from ibis import _

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
)


def hit(rows: Any, *, tenant: Any = "", permit: Any = "", clause: Any = "") -> Any:
    """Rows of facts as a rule answers them: who is seen instead, against which permit, which clause is broken."""
    added = {"tenant": tenant, "permit": permit, "clause": clause}
    filled = {name: ibis.literal(value) if isinstance(value, str) else value for name, value in added.items()}
    return rows.mutate(**filled).select(*COLUMNS)


def enough(rows: Any, keys: tuple[str, ...], least_messages: int) -> Any:
    """Rows of those groups that hold at least so many messages in the window."""
    total = rows.messages.sum().over(ibis.window(group_by=list(keys)))
    return rows.mutate(total=total).filter(_.total >= least_messages).drop("total")


def share_of(rows: Any, all_rows: Any, keys: tuple[str, ...], least_share: float) -> Any:
    """Rows of those groups whose messages are at least this share of all the group's messages."""
    whole = all_rows.group_by(*keys).agg(whole=_.messages.sum())
    part = rows.messages.sum().over(ibis.window(group_by=list(keys)))
    met = rows.mutate(part=part).join(whole, list(keys), rname="whole_{name}")
    return met.filter(_.part >= _.whole * least_share).select(*rows.columns)
