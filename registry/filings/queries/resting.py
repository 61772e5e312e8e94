"""Extensions that rest: they ended within the quarantine, and messages to whoever had them may still arrive."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from registry.filings.queries.near import rows_of_each
from registry.filings.view import Ended
from registry.law import provisions
from registry.ports.kinds import DelegationRole, PortLevel
from registry.ports.model import Delegation, Port
from registry.ports.prefix import is_valid
from registry.ports.queries import under
from registry.store.periods import known

MOST = 100


def resting(numbers: Iterable[str], at: dt.datetime) -> dict[str, tuple[Ended, ...]]:
    """What ended at each number or below it within the quarantine before a moment: extensions, hops to end users."""
    asked = [number for number in numbers if is_valid(number)]
    held = _ended(Port, Port.holder, Port.level == PortLevel.EXTENSION, asked, at)
    let = _ended(Delegation, Delegation.to_enterprise, Delegation.role == DelegationRole.END_USER, asked, at)
    return {
        number: (
            *(Ended(row.port, row.whose, row.ended) for row in held[number]),
            *(Ended(row.port, row.whose, row.ended, hop=True) for row in let[number]),
        )
        for number in asked
    }


def _ended(table: Any, whose: Any, of_kind: Any, numbers: Iterable[str], at: dt.datetime) -> dict[str, list[Any]]:
    since = at - dt.timedelta(days=provisions.integer("ports.quarantine", at))
    upper = sa.func.upper(table.valid)
    over = sa.and_(known(table), upper <= at, upper > since, of_kind)
    found = rows_of_each(
        ((number,) for number in numbers),
        lambda key: sa.and_(over, under(table.port, key[0])),
        (table.port, whose.label("whose"), upper.label("ended")),
        upper.desc(),
        MOST,
    )
    return {number: rows for (number,), rows in found.items()}
