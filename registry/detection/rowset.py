"""Rows of the registry as Arrow tables: shapes, periods in milliseconds, enterprises under the code that stands now."""

import datetime as dt
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Range

from registry.kernel.clock import FOREVER
from registry.store import db
from registry.store.periods import known

Shape = dict[str, pa.DataType]

TEXT: pa.DataType = pa.string()
NUMBER: pa.DataType = pa.int64()
TRUTH: pa.DataType = pa.bool_()
PERIOD: Shape = {"valid_from": NUMBER, "valid_until": NUMBER}
CODES = frozenset(
    {"holder", "owner", "user", "enterprise", "from_enterprise", "to_enterprise", "one", "other"}
    | {"letter_owner", "applicant"}
)


def period_of(model: Any) -> tuple[Any, Any]:
    """The columns of a row's period, in milliseconds."""
    lower = sa.cast(sa.func.extract("epoch", sa.func.lower(model.valid)) * 1000, sa.BigInteger)
    upper = sa.cast(sa.func.extract("epoch", sa.func.upper(model.valid)) * 1000, sa.BigInteger)
    return lower, sa.func.coalesce(upper, FOREVER)


def rows_of(model: Any, columns: tuple[Any, ...], window: Range[dt.datetime]) -> list[tuple[Any, ...]]:
    """Rows in force at any moment of a window, with their periods."""
    query = sa.select(*columns, *period_of(model)).where(known(model), model.valid.op("&&")(window))
    return [tuple(row) for row in db.session.execute(query)]


def table_of(shape: Shape, rows: list[tuple[Any, ...]]) -> pa.Table:
    """Rows as an Arrow table of this shape."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(shape)
    arrays = [
        pa.array([_plain(each) for each in column], kind) for column, kind in zip(columns, shape.values(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, names=list(shape))


def succeeded(table: pa.Table, successors: dict[str, str]) -> pa.Table:
    """The table with every enterprise that merged into another under the other's code."""
    if not successors:
        return table
    for place, name in enumerate(table.column_names):
        if name in CODES:
            codes = [successors.get(str(code), code) for code in table[name].to_pylist()]
            table = table.set_column(place, name, pa.array(codes, TEXT))
    return table


def _plain(value: Any) -> Any:
    return getattr(value, "value", value)
