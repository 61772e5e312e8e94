"""Aggregates that every engine has, or none as Ibis writes it: the rules stand on these, so that they run on all."""

from typing import Any

import ibis


@ibis.udf.agg.builtin(name="bit_or", signature=(("int64",), "int64"))
def all_bits(bits):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201 - the signature stands in the decorator
    """The bits that any row holds."""


@ibis.udf.agg.builtin(name="bit_and", signature=(("int64",), "int64"))
def common_bits(bits):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201 - as above
    """The bits that every row holds."""


def with_distinct(rows: Any, name: str, column: str, *keys: str) -> Any:
    """The rows with, under a new name, how many different values of a column share their keys."""
    counted = rows.group_by(*keys).agg(**{name: rows[column].nunique()})
    return rows.join(counted, list(keys), rname="counted_{name}").select(*rows.columns, name)
