"""Where a run's tables lie: made once under fixed names, so that what reads them reads rows and not the steps behind.

Putting an expression into an engine's language takes longer than a small world takes to judge, so each is put once in
a process: expressions are written over names and columns alone, and any desk that has such tables answers them. What
is asked of a desk is an expression, or a sentence that every engine understands.
"""

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


class Desk:
    """The tables of one run; what is put under a name replaces what was there."""

    dialect: ClassVar[str] = "duckdb"

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._told: dict[str, pa.Table] = {}

    def see(self, name: str, table: Any) -> None:
        """Rows that stay where they are (files), or that hold nothing."""
        if isinstance(table.op(), ops.InMemoryTable):
            self.put(name, table.to_pyarrow())
        else:
            self._show(name, self.said(table))

    def put(self, name: str, table: pa.Table) -> None:
        """Rows from outside the engine."""
        self._connection.con.register("arriving", table)
        self.make(name, "SELECT * FROM arriving")
        self._connection.con.unregister("arriving")

    def make(self, name: str, query: Any) -> None:
        """What a question over other tables of this desk gives."""
        self._told.clear()
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
        """A question in this engine's language."""
        return query if isinstance(query, str) else statement(query, self.dialect)

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
