"""What the registry holds near some numbers and texts: a few queries for all of them, however many are asked about.

A check needs to see that something stands there, not all of it: so many rows for each number, text or pair at most.
Facts come with the number of their row, so that an entry can be left out of what is said of itself.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, Range

from registry.filings import view as facts
from registry.filings.view import ENDLESS, Span
from registry.permits.model import Permit
from registry.ports.kinds import DelegationRole
from registry.ports.model import Delegation, Port
from registry.ports.prefix import is_valid, prefixes_of
from registry.ports.queries import under
from registry.signatures.model import Signature
from registry.store import db
from registry.store.periods import known, open_after

MOST_ROWS = 1000

Fact = TypeVar("Fact")
Numbered = list[tuple[int, Fact]]
Keys = tuple[str, ...]
_PORT = (Port.row_id, Port.port, Port.level, Port.holder, Port.use, Port.signing, Port.max_length, Port.valid)
_HOP = (
    Delegation.row_id,
    Delegation.key,
    Delegation.port,
    Delegation.from_enterprise,
    Delegation.to_enterprise,
    Delegation.role,
    Delegation.valid,
)
_NAME = (
    Signature.row_id,
    Signature.key,
    Signature.signature,
    Signature.owner,
    Signature.source,
    Signature.protected,
    Signature.valid,
)
_SCOPE = (
    Permit.row_id,
    Permit.key,
    Permit.signature,
    Permit.owner,
    Permit.port,
    Permit.user,
    Permit.categories,
    Permit.provinces,
    Permit.monthly_volume,
    Permit.valid,
)


def rows_of_each(
    keys: Iterable[Keys], where: Callable[[Sequence[Any]], Any], columns: Sequence[Any], order: Any, most: int
) -> dict[Keys, list[Any]]:
    """The rows that belong to each of some keys, so many of each at most, in one query.

    where: the condition, made of the columns in which the parts of a key stand.
    """
    listed = sorted(set(keys))
    if not listed:
        return {}
    parts = [sa.cast(list(each), ARRAY(sa.Text)) for each in zip(*listed, strict=True)]
    asked = sa.func.unnest(*parts).table_valued(*(sa.column(f"key_{n}", sa.Text) for n in range(len(parts))))
    asked = asked.render_derived()
    some = sa.select(*columns).where(where(list(asked.c))).order_by(order).limit(most).lateral()
    found: dict[Keys, list[Any]] = {key: [] for key in listed}
    for row in db.session.execute(sa.select(*asked.c, *some.c).join_from(asked, some, sa.true())):
        found[tuple(row[: len(parts)])].append(row)
    return found


def span_of(valid: Range[dt.datetime]) -> Span:
    """A row's period as the checks compare it."""
    assert valid.lower is not None  # noqa: S101 - the table's CHECK holds it
    return Span(valid.lower, valid.upper or ENDLESS)


def ports(numbers: Iterable[str], at: dt.datetime) -> dict[str, Numbered[facts.Allotment]]:
    """The registered ports above, at and below each number that have not ended by a moment, begun or not."""
    asked = [number for number in numbers if is_valid(number)]
    above = _of_prefixes(Port, _PORT, asked, at, _allotment)
    lower = rows_of_each(((each,) for each in asked), _below(Port, at), _PORT, Port.port, MOST_ROWS)
    below = {key: [(row.row_id, _allotment(row)) for row in rows] for (key,), rows in lower.items()}
    return {number: _together(_of(above, number), below[number]) for number in asked}


def hops(numbers: Iterable[str], at: dt.datetime) -> dict[str, Numbered[facts.Hop]]:
    """The registered delegations that cover each number."""
    asked = [number for number in numbers if is_valid(number)]
    above = _of_prefixes(Delegation, _HOP, asked, at, _hop)
    return {number: _together(_of(above, number)) for number in asked}


def below(asked: Iterable[tuple[str, str]], at: dt.datetime) -> dict[tuple[str, str], Numbered[facts.Hop]]:
    """The hops on numbers below one, by number and giver: those to the giver, and to who may let others in in turn."""
    keys = ((number, giver) for number, giver in asked if is_valid(number))
    lower, let_on = _below(Delegation, at), Delegation.role != DelegationRole.END_USER
    leads = lambda key: sa.and_(lower(key), sa.or_(Delegation.to_enterprise == key[1], let_on))  # noqa: E731
    found = rows_of_each(keys, leads, _HOP, Delegation.port, MOST_ROWS)
    return {(number, giver): [(row.row_id, _hop(row)) for row in rows] for (number, giver), rows in found.items()}


def names(texts: Iterable[str], at: dt.datetime) -> dict[str, Numbered[facts.Name]]:
    """The registrations of each folded text."""
    asked = ((text,) for text in texts)
    found = rows_of_each(
        asked,
        lambda key: sa.and_(*_stands(Signature, at), Signature.folded == key[0]),
        _NAME,
        Signature.row_id,
        MOST_ROWS,
    )
    return {key: [(row.row_id, _name(row)) for row in rows] for (key,), rows in found.items()}


class Scopes:
    """The permits that lie beside others: of the same signature and user, on the port or above it, and below it."""

    def __init__(self, permits: Iterable[tuple[str, str, str]], at: dt.datetime) -> None:
        """permits: signature, user and port of each, the port with its `*`."""
        asked = list(permits)
        patterns = {pattern for *_who, port in asked for pattern in _patterns(port)}
        wide = {port.removesuffix("*") for *_who, port in asked if port.endswith("*")}
        self._made: dict[int, facts.Scope] = {}
        self._same = self._each(((signature, user) for signature, user, _port in asked), at, _same)
        self._on = self._each(((pattern,) for pattern in patterns), at, lambda key: Permit.port == key[0])
        self._below = self._each(
            ((each,) for each in wide if is_valid(each)), at, lambda key: under(Permit.port, key[0])
        )

    def of(self, signature: str, user: str, port: str) -> Numbered[facts.Scope]:
        """The permits beside one."""
        on = [each for pattern in _patterns(port) for each in self._on.get((pattern,), ())]
        below = self._below.get((port.removesuffix("*"),), []) if port.endswith("*") else []
        return _together(self._same.get((signature, user), []), on, below)

    def _each(self, keys: Iterable[Keys], at: dt.datetime, where: Any) -> dict[Keys, Numbered[facts.Scope]]:
        rows = rows_of_each(
            keys, lambda key: sa.and_(*_stands(Permit, at), where(key)), _SCOPE, Permit.row_id, MOST_ROWS
        )
        return {key: [(row.row_id, self._scope(row)) for row in some] for key, some in rows.items()}

    def _scope(self, row: Any) -> facts.Scope:
        return self._made.get(row.row_id) or self._made.setdefault(row.row_id, scope(row))


def scope(row: Any) -> facts.Scope:
    """A permit's row as the checks compare it."""
    return facts.Scope(
        key=row.key,
        signature=row.signature,
        owner=row.owner,
        port=row.port,
        user=row.user,
        categories=frozenset(row.categories),
        provinces=frozenset(row.provinces),
        monthly_volume=row.monthly_volume,
        span=span_of(row.valid),
    )


def but(itself: Any, table: Any, found: Numbered[Fact]) -> tuple[Fact, ...]:
    """The facts without that of an entry itself, where it is a row of this table."""
    own = itself.row_id if isinstance(itself, table) else None
    return tuple(fact for row_id, fact in found if row_id != own)


def _stands(table: Any, at: dt.datetime) -> tuple[Any, ...]:
    return known(table), open_after(table, at)


def _below(table: Any, at: dt.datetime) -> Callable[[Sequence[Any]], Any]:
    return lambda key: sa.and_(*_stands(table, at), table.port > key[0], under(table.port, key[0]))


def _of_prefixes(
    table: Any, columns: Sequence[Any], numbers: Sequence[str], at: dt.datetime, made: Callable[[Any], Fact]
) -> dict[str, Numbered[Fact]]:
    wanted = sorted({prefix for number in numbers for prefix in prefixes_of(number)})
    found: dict[str, Numbered[Fact]] = {}
    query = sa.select(*columns).where(table.port == sa.any_(sa.cast(wanted, ARRAY(sa.Text))), *_stands(table, at))
    for row in db.session.execute(query) if wanted else ():
        found.setdefault(row.port, []).append((row.row_id, made(row)))
    return found


def _of(above: dict[str, Numbered[Fact]], number: str) -> Numbered[Fact]:
    return [each for prefix in prefixes_of(number) for each in above.get(prefix, ())]


def _together(*some: Iterable[tuple[int, Fact]]) -> Numbered[Fact]:
    """Facts by their rows, each once."""
    return sorted({row_id: fact for each in some for row_id, fact in each}.items())[:MOST_ROWS]


def _patterns(port: str) -> list[str]:
    number = port.removesuffix("*")
    return [number, *(f"{prefix}*" for prefix in prefixes_of(number))] if is_valid(number) else []


def _same(key: Sequence[Any]) -> Any:
    return sa.and_(Permit.signature == key[0], Permit.user == key[1])


def _allotment(row: Any) -> facts.Allotment:
    return facts.Allotment(row.port, row.level, row.holder, row.use, row.signing, row.max_length, span_of(row.valid))


def _hop(row: Any) -> facts.Hop:
    return facts.Hop(row.key, row.port, row.from_enterprise, row.to_enterprise, row.role, span_of(row.valid))


def _name(row: Any) -> facts.Name:
    return facts.Name(row.key, row.signature, row.owner, row.source, row.protected, span_of(row.valid))
