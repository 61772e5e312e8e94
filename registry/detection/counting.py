"""How many messages findings speak of together. Pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any


def messages_by_day(findings: Iterable[Any]) -> dict[dt.date, int]:
    """Messages of each day. Several rules speak of the same messages: each row of facts counts once."""
    rows: dict[dt.date, dict[tuple[Any, ...], int]] = defaultdict(dict)
    unlisted: dict[dt.date, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        for day in finding.evidence:
            for row in day.rows:
                key = tuple(str(row.get(name)) for name in _FACT)
                rows[day.day][key] = max(rows[day.day].get(key, 0), int(row["messages"]))
            unlisted[day.day][finding.rule] += day.messages - sum(int(row["messages"]) for row in day.rows)
    return {day: sum(rows[day].values()) + max(unlisted[day].values()) for day in sorted(unlisted)}


_FACT = ("gateway", "port", "submitter", "signature", "category", "first_at")
