"""Many rows in one statement: they travel as JSON and the table's own row type reads them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry.store.database import Model


def add_rows(session: Session, model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns; those that none of them names get what the database makes of them.

    Nothing of it comes into the session. Dates travel in ISO form, JSON columns as they are.
    """
    if not rows:
        return
    table, names = model.__table__.name, ", ".join(f'"{name}"' for name in rows[0])  # type: ignore[attr-defined]
    read = f"json_populate_recordset(NULL::{table}, CAST(:rows AS json))"
    statement = sa.text(f"INSERT INTO {table} ({names}) SELECT {names} FROM {read}")  # noqa: S608 - our own names
    session.execute(statement, {"rows": orjson.dumps(rows).decode()})


def values_of(things: Iterable[Model]) -> list[dict[str, Any]]:
    """What things that are not in a session say of their columns, with the columns' defaults where they say nothing."""
    return [_values(each) for each in things]


def next_ids(session: Session, model: type[Model], many: int) -> list[int]:
    """So many new numbers for a table's `id`."""
    sequence = sa.func.pg_get_serial_sequence(model.__table__.name, "id")  # type: ignore[attr-defined]
    asked = sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, many))
    return [int(number) for number in session.scalars(asked)]


@cache
def _columns(model: type[Model]) -> list[tuple[str, Any]]:
    """A table's columns and the plain defaults of those that have one."""
    columns = model.__table__.columns
    return [
        (each.name, each.default.arg if each.default is not None and each.default.is_scalar else None)
        for each in columns
    ]


def _values(thing: Model) -> dict[str, Any]:
    said = thing.__dict__
    return {name: default if said.get(name) is None else said[name] for name, default in _columns(type(thing))}
