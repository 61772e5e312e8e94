"""When was it last seen in use: kept by number and signature, so that nobody reads months of facts to know."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from registry.ports.prefix import pattern
from registry.signatures.folding import fold
from registry.store import db

_TEXTS = ARRAY(sa.Text(collation="C"))
_LAST = sa.text(
    """
    SELECT wanted.key, max(seen.last_day)
    FROM unnest(:keys, :folded, :low, :high) AS wanted (key, folded, low, high)
    JOIN usage_seen seen
      ON seen.folded = wanted.folded COLLATE "C" AND seen.port >= wanted.low COLLATE "C"
     AND seen.port < wanted.high COLLATE "C"
    GROUP BY wanted.key
    """
).bindparams(*(sa.bindparam(name, type_=_TEXTS) for name in ("keys", "folded", "low", "high")))
_UNDER = sa.text(
    """
    SELECT wanted.key, max(seen.last_day)
    FROM unnest(:keys, :low, :high) AS wanted (key, low, high)
    JOIN usage_seen seen ON seen.port >= wanted.low COLLATE "C" AND seen.port < wanted.high COLLATE "C"
    GROUP BY wanted.key
    """
).bindparams(*(sa.bindparam(name, type_=_TEXTS) for name in ("keys", "low", "high")))
_OF_SIGNATURE = sa.text("SELECT folded, max(last_day) FROM usage_seen WHERE folded = ANY(:folded) GROUP BY folded")
AFTER_DIGITS = ":"  # the character behind 9


def of_permits(rows: Sequence[Any]) -> dict[str, dt.date]:
    """The last day on which each permit's signature was seen on its port, by key; those never seen are left out."""
    low, high = zip(*(_range(row.port) for row in rows), strict=True) if rows else ((), ())
    asked = {
        "keys": [row.key for row in rows],
        "folded": [fold(row.signature) for row in rows],
        "low": list(low),
        "high": list(high),
    }
    return _rows(_LAST, **asked)


def under(prefixes: Iterable[str]) -> dict[str, dt.date]:
    """The last day on which anything was seen on each number or below it."""
    keys = list(prefixes)
    return _rows(_UNDER, keys=keys, low=keys, high=[each + AFTER_DIGITS for each in keys])


def of_signatures(texts: Iterable[str]) -> dict[str, dt.date]:
    """The last day on which each signature was seen anywhere, by its text."""
    folds = {text: fold(text) for text in texts}
    found = _rows(_OF_SIGNATURE, folded=list(folds.values()))
    return {text: found[folded] for text, folded in folds.items() if folded in found}


def _rows(query: sa.TextClause, **asked: list[str]) -> dict[str, dt.date]:
    return {row[0]: row[1] for row in db.session.execute(query, asked)} if all(asked.values()) else {}


def _range(port: str) -> tuple[str, str]:
    """From which number to which a permit's port reaches, the end excluded: itself alone, or all under a prefix."""
    digits = pattern(port).digits
    return (digits, digits + AFTER_DIGITS) if port.endswith("*") else (digits, digits + "0")
