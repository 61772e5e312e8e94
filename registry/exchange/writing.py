"""Handing a registry over: every file and column of the bundle, rows in a fixed order."""

import csv
import datetime as dt
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry.exchange.form import Form
from registry.exchange.forms import BY_FILE, FORMS
from registry.exchange.staging import kept_table
from registry.kernel.clock import write_moment
from registry.measures import limits

_AT_ONCE = 5000  # rows in memory at once
_moment = lru_cache(8192)(write_moment)


def write_all(session: Session, folder: Path, as_of: dt.datetime | None) -> dict[str, int]:
    """Write every file into a folder; answers the rows of each by its name."""
    counts = {}
    for form in FORMS:
        with (folder / f"{form.file}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(form.names)
            counts[f"{form.file}.csv"] = _write(writer, _rows(session, form, as_of))
    return counts


def _write(writer: Any, rows: Iterator[list[str]]) -> int:
    return sum(1 for row in rows if writer.writerow(row))


def _rows(session: Session, form: Form, as_of: dt.datetime | None) -> Iterator[list[str]]:
    table = kept_table(form)
    columns = [table.c[column.target] for column in form.columns]
    period = [sa.func.lower(table.c.valid), sa.func.upper(table.c.valid)] if form.dated else []
    query = sa.select(*columns, *period).order_by(*_order(form, table))
    for row in session.execute(_then(query, form, table, as_of), execution_options={"yield_per": _AT_ONCE}):
        yield [_text(value) for value in row]


def _order(form: Form, table: sa.Table) -> Iterator[Any]:
    """By what the row means, then by its beginning; a key that the file does not hold does not count."""
    shown = [column.target for column in form.columns]
    for name in form.same if set(form.same) <= set(shown) else shown:
        yield sa.cast(table.c[name], sa.Text(collation="C"))
    if form.dated:
        yield table.c.valid


def _then(query: sa.Select[Any], form: Form, table: sa.Table, as_of: dt.datetime | None) -> sa.Select[Any]:
    """What is known now; where a moment is said, what was in force then, with all that it refers to."""
    if form.dated:
        query = query.where(table.c.superseded_at.is_(None))
    if as_of is None:
        return query
    if form.file == "complaints":
        return query.where(table.c.received_at <= as_of)
    if not form.dated:
        return query
    held = _in_force(table, as_of)
    if form.file == "letters":
        held = sa.or_(held, table.c.key.in_(_named(as_of, "permits")), table.c.key.in_(_named(as_of, "delegations")))
    if "permit" in table.c:
        held = sa.and_(held, table.c.permit.in_(_named(as_of, "permits", "key")))
    return query.where(held)


def _in_force(table: sa.Table, as_of: dt.datetime) -> sa.ColumnElement[bool]:
    return table.c.valid.bool_op("@>")(sa.cast(as_of, sa.DateTime(timezone=True)))


def _named(as_of: dt.datetime, file: str, column: str = "letter") -> sa.Select[Any]:
    table = kept_table(BY_FILE[file])
    return sa.select(table.c[column]).where(table.c.superseded_at.is_(None), _in_force(table, as_of))


def _text(value: Any) -> str:
    """A value as the file holds it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return "|".join(map(str, value))
    if isinstance(value, dict):
        return limits.written(value)
    return str(value.value if isinstance(value, Enum) else value)
