"""Where a run's tables lie: made once under fixed names, so that what reads them reads rows and not the steps behind.

Putting an expression into an engine's language takes longer than a small world takes to judge, so each is put once in
a process: expressions are written over names and columns alone, and any desk that has such tables answers them. What
is asked of a desk is an expression, or a sentence that every engine understands. A table may be promised: it is made
when a first expression reads it, and of a single rule's world most never are.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

import ibis
import ibis.expr.operations as ops
import pyarrow as pa

STATEMENTS = 1000  # kept ready; a run has about a hundred


def statement(expression: Any, dialect: str = "duckdb") -> str:
    """An expression over named tables in an engine's language."""
    return _statement(expression.op(), dialect)


@lru_cache(STATEMENTS)
def _statement(operation: Any, dialect: str) -> str:
    return str(ibis.to_sql(operation.to_expr(), dialect=dialect, pretty=False))


@lru_cache(STATEMENTS)
def _read_by(operation: Any) -> frozenset[str]:
    """The names of the tables that an expression reads."""
    return frozenset(table.name for table in operation.find(ops.UnboundTable))


class Desk:
    """The tables of one run: each is laid once, before anything is asked of it."""

    dialect: ClassVar[str] = "duckdb"

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._told: dict[str, pa.Table] = {}
        self._promised: dict[str, Callable[[], None]] = {}

    def promise(self, name: str, laid: Callable[[], None]) -> None:
        """A table that `laid` will put there, when it is first read."""
        self._promised[name] = laid

    def see(self, name: str, table: Any) -> None:
        """Rows that stay where they are (files), or that hold nothing."""
        if isinstance(table.op(), ops.InMemoryTable):  # not asked: Ibis would, of one engine for all threads
            self.put(name, table.schema().to_pyarrow().empty_table())
        else:
            self._show(name, self.said(table))

    def put(self, name: str, table: pa.Table) -> None:
        """Rows from outside the engine."""
        self._connection.con.register("arriving", table)
        self.make(name, "SELECT * FROM arriving")
        self._connection.con.unregister("arriving")

    def make(self, name: str, query: Any) -> None:
        """What a question over other tables of this desk gives."""
        self._keep(name, self.said(query))

    def rows(self, query: Any) -> pa.Table:
        """What a question gives."""
        return self._answer(self.said(query))

    def once(self, query: Any) -> pa.Table:
        """The same, kept for whoever asks again: for small answers."""
        said = self.said(query)
        if said not in self._told:
            self._told[said] = self._answer(said)
        return self._told[said]

    def said(self, query: Any) -> str:
        """A question in this engine's language, once what it reads is there."""
        if isinstance(query, str):
            return query
        for name in sorted(_read_by(query.op()) & self._promised.keys()):
            if name in self._promised:  # one of those before may have read it too
                self._promised[name]()
                del self._promised[name]
        return statement(query, self.dialect)

    def _show(self, name: str, query: str) -> None:
        self._connection.con.sql(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def _keep(self, name: str, query: str) -> None:
        self._connection.con.sql(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def _answer(self, query: str) -> pa.Table:
        found: pa.Table = self._connection.con.sql(query).to_arrow_table()
        return found


class Plan:
    """The steps by which tables are made from others, in their order: name and expression."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, Any]] = []

    def keep(self, name: str, expression: Any) -> Any:
        """Add a step; answers the table that it will make."""
        self.steps.append((name, expression))
        return ibis.table(expression.schema(), name=name)
