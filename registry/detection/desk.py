"""Where a run's tables lie: made once under fixed names, so that what reads them reads rows and not the steps behind.

Putting an expression into the engine's language takes longer than a small world takes to judge, so each is put once in
a process: expressions are written over names and columns alone, and any connection that has such tables answers them.
"""

from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa

STATEMENTS = 1000  # kept ready; a run has about a hundred


def statement(expression: Any) -> str:
    """An expression over named tables in the engine's language."""
    return _statement(expression.op())


@lru_cache(STATEMENTS)
def _statement(operation: Any) -> str:
    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb", pretty=False))


class Desk:
    """The tables of one run in an Ibis connection on DuckDB; what is put under a name replaces what was there."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._told: dict[str, pa.Table] = {}

    def see(self, name: str, table: Any) -> None:
        """Rows that stay where they are (files), or that hold nothing."""
        if isinstance(table.op(), ops.InMemoryTable):
            self.put(name, table.to_pyarrow())
        else:
            self._connection.create_view(name, table, overwrite=True)

    def put(self, name: str, table: pa.Table) -> None:
        """Rows from outside the engine."""
        self._connection.con.register("arriving", table)
        self.make(name, "SELECT * FROM arriving")
        self._connection.con.unregister("arriving")

    def make(self, name: str, query: str) -> None:
        """What a statement over other tables of this desk gives."""
        self._told.clear()
        self._connection.con.sql(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def rows(self, query: str) -> pa.Table:
        """What a statement gives."""
        found: pa.Table = self._connection.con.sql(query).to_arrow_table()
        return found

    def once(self, query: str) -> pa.Table:
        """The same, kept for whoever asks again: for small answers."""
        if query not in self._told:
            self._told[query] = self.rows(query)
        return self._told[query]


class Plan:
    """The steps by which tables are made from others, in their order: name and statement."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []

    def keep(self, name: str, expression: Any) -> Any:
        """Add a step; answers the table that it will make."""
        self.steps.append((name, statement(expression)))
        return ibis.table(expression.schema(), name=name)
