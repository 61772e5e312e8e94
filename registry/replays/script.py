"""A finding's evidence query as something that another person can run: SQL with its tables, nothing else needed.

The tables are those that the query reads, cut down to what bears on the finding's numbers; whether the cut-down tables
still give the same rows is found out by running the script, not taken for granted.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.parquet as pq

from registry.detection.world import World

MOST_ROWS = 3000  # that are written out; more belong into files
_KINDS = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "float64": "DOUBLE",
}


@dataclass(frozen=True, slots=True)
class Script:
    """A query and the tables that it reads, by name. Columns: name -> kind in DuckDB."""

    query: str
    tables: dict[str, pa.Table]
    columns: dict[str, dict[str, str]]

    @property
    def rows(self) -> int:
        """How many rows the tables have."""
        return sum(table.num_rows for table in self.tables.values())

    def written(self) -> str:
        """All of it as SQL for DuckDB, empty where the tables are too large for that."""
        if self.rows > MOST_ROWS:
            return ""
        return "\n".join([*(line for name in self.tables for line in self._filled(name)), f"{self.query};", ""])

    def saved(self, folder: Path) -> Path:
        """The tables as Parquet files in a folder, with `query.sql` that reads them: its path."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in self.tables.items():
            pq.write_table(table, folder / f"{name}.parquet")
        file = folder / "query.sql"
        views = [f"CREATE VIEW {name} AS FROM '{name}.parquet';" for name in self.tables]
        file.write_text("\n".join([*views, f"{self.query};", ""]), encoding="utf-8")
        return file

    def run(self) -> list[dict[str, Any]]:
        """What it gives in a DuckDB that holds nothing else."""
        with duckdb.connect() as connection:
            for name, table in self.tables.items():
                connection.register("arriving", table)
                connection.execute(f"{self._made(name)}; INSERT INTO {name} SELECT * FROM arriving")  # noqa: S608 - our own names
                connection.unregister("arriving")
            rows: list[dict[str, Any]] = connection.sql(self.query).to_arrow_table().to_pylist()
            return rows

    def _made(self, name: str) -> str:
        columns = ", ".join(f'"{column}" {kind}' for column, kind in self.columns[name].items())
        return f"CREATE TABLE {name} ({columns})"

    def _filled(self, name: str) -> Iterator[str]:
        yield f"{self._made(name)};"
        rows = [f"({', '.join(map(_literal, row.values()))})" for row in self.tables[name].to_pylist()]
        if rows:
            yield f"INSERT INTO {name} VALUES\n" + ",\n".join(rows) + ";"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"DATE '{value}'" if isinstance(value, dt.date) else str(value)


def script(world: World, query: Any, lines: Iterable[str]) -> Script:
    """The script of a query over a world's tables, cut down to what bears on these lines (none: not cut down)."""
    read = {each.name: each.schema for each in query.op().find(ops.UnboundTable)}
    columns = {
        name: {column: _KINDS[str(kind).removeprefix("!")] for column, kind in schema.items()}
        for name, schema in sorted(read.items())
    }
    desk = world.desk
    assert desk is not None  # noqa: S101 - the world was loaded
    within = _within(sorted(set(lines)))
    tables = {name: desk.rows(f"SELECT * FROM {name}{_where(named, within)}") for name, named in columns.items()}  # noqa: S608 - our own names
    return Script(str(ibis.to_sql(query, dialect="duckdb")), tables, columns)


def _within(lines: list[str]) -> dict[str, str]:
    """By column, which of its values bear on the lines."""
    if not lines:
        return {}
    listed = ", ".join(map(_literal, lines))
    from_of = {"fact": "facts", "port": "lines", "folded": "facts", "permit": "permitted"}
    asked = {column: f"SELECT {column} FROM {table} WHERE line IN ({listed})" for column, table in from_of.items()}  # noqa: S608 - our own names, values quoted
    return {"line": listed} | asked


def _where(columns: Iterable[str], within: dict[str, str]) -> str:
    """The first of the columns that says which rows bear on the lines, from the surest."""
    column = next((each for each in within if each in columns), None)
    return f' WHERE "{column}" IN ({within[column]})' if column else ""
