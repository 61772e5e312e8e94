"""Rows with two clocks: when a thing counts, and when we knew it.

`valid` is the period in which the row is in force. `recorded_at` and `superseded_at` bound the time in which we
held it for true. Nothing is overwritten: a change supersedes the row and records what holds instead, so the answer to
"what was in force then, as it was known then" never changes.
"""

import datetime as dt
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from registry.kernel import clock
from registry.kernel.errors import Conflict

STEP = dt.timedelta(microseconds=1)


class Dated:
    """Columns of a row with two clocks. A table names in `same` the columns by which two rows mean the same thing."""

    same: ClassVar[tuple[str, ...]] = ("key",)

    row_id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-10)
    valid: Mapped[Range[dt.datetime]] = mapped_column(TSTZRANGE, sort_order=90)
    recorded_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True), sort_order=91)
    recorded_by: Mapped[str] = mapped_column(sa.Text, sort_order=92)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True), sort_order=93)

    @property
    def valid_from(self) -> dt.datetime:
        """When it begins to be in force."""
        lower = self.valid.lower
        assert lower is not None  # noqa: S101 - the table's CHECK holds it
        return lower

    @property
    def valid_until(self) -> dt.datetime | None:
        """When it ends to be in force, None while open."""
        return self.valid.upper


def dated_constraints(table: str, *same: str) -> tuple[sa.schema.SchemaItem, ...]:
    """What a table of dated rows owes: no empty period, a beginning, and no two rows of one thing in force at once."""
    identity: list[tuple[Any, str]] = [(sa.column(name), "=") for name in same]
    return (
        sa.CheckConstraint("NOT isempty(valid) AND NOT lower_inf(valid)", name="period"),
        sa.CheckConstraint("superseded_at IS NULL OR superseded_at >= recorded_at", name="known"),
        ExcludeConstraint(
            *identity,
            (sa.column("valid"), "&&"),
            name=f"ex_{table}_one_at_a_time",
            using="gist",
            where=sa.text("superseded_at IS NULL"),
        ),
    )


def period(start: dt.datetime, end: dt.datetime | None = None) -> Range[dt.datetime]:
    """`[start, end)`; raises ValueError where nothing lies between."""
    if end is not None and end <= start:
        raise ValueError("the end is not after the beginning")
    return Range(start, end, bounds="[)")


def known(table: Any, known_at: dt.datetime | None = None) -> sa.ColumnElement[bool]:
    """Rows that the registry held for true at a moment (now, where none is said)."""
    if known_at is None:
        return sa.and_(table.superseded_at.is_(None))
    later = sa.or_(table.superseded_at.is_(None), table.superseded_at > known_at)
    return sa.and_(table.recorded_at <= known_at, later)


def in_force(
    table: Any, as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> sa.ColumnElement[bool]:
    """Rows in force at a moment, as the registry knew it at another; both are now where not said."""
    at = as_of or clock.now()
    return sa.and_(known(table, known_at), table.valid.op("@>")(sa.cast(at, sa.DateTime(timezone=True))))


def open_after(table: Any, at: dt.datetime) -> sa.ColumnElement[bool]:
    """Rows that have not ended by a moment, begun or not: those that can still be changed or ended."""
    upper = sa.func.upper(table.valid)
    return sa.or_(upper.is_(None), upper > at)


Row = TypeVar("Row", bound=Dated)


def change(row: Row, at: dt.datetime, by: str, **values: Any) -> Row:
    """From `at` on the row reads otherwise: what held before stays on record, and the new row is answered.

    The moment is moved behind the row's own beginning where two changes meet in one microsecond.
    """
    session, at = _session(row), max(at, row.valid_from + STEP)
    end = row.valid_until
    if end is not None and end <= at:
        raise Conflict("already_ended", "this entry has already ended and can no longer be changed")
    supersede(row)
    earlier, later = _copy(row, by, valid=period(row.valid_from, at)), _copy(row, by, valid=period(at, end))
    for name, value in values.items():
        setattr(later, name, value)
    session.flush()
    session.add_all([earlier, later])
    return later


def end(row: Row, at: dt.datetime, by: str) -> Row:
    """From `at` on the row is no longer in force: answers the row that says until when it was."""
    session, at = _session(row), max(at, row.valid_from + STEP)
    if row.valid_until is not None and row.valid_until <= at:
        raise Conflict("already_ended", "this entry has already ended")
    supersede(row)
    shorter = _copy(row, by, valid=period(row.valid_from, at))
    session.flush()
    session.add(shorter)
    return shorter


def prolong(row: Row, until: dt.datetime | None, at: dt.datetime, by: str, **values: Any) -> Row:
    """The row counts until another end; one that has ended by `at` counts again from then on, with the gap between."""
    session = _session(row)
    if row.valid_until is not None and row.valid_until <= at:
        later = _copy(row, by, valid=period(at, until), **values)
    else:
        supersede(row)
        later = _copy(row, by, valid=period(row.valid_from, until), **values)
        session.flush()
    session.add(later)
    return later


def supersede(row: Dated) -> None:
    """From now on the registry no longer holds this row for true."""
    row.superseded_at = max(clock.now(), row.recorded_at)


def _session(row: Dated) -> Session:
    session = object_session(row)
    if session is None:
        raise RuntimeError("a dated row is changed inside its session")
    session.refresh(row, with_for_update=True)
    if row.superseded_at is not None:
        raise Conflict("superseded", "somebody changed this entry meanwhile", fix="read it again and decide anew")
    return session


def _copy(row: Row, by: str, **values: Any) -> Row:
    skipped = {"row_id", "valid", "recorded_at", "recorded_by", "superseded_at"}
    mapper = sa.inspect(type(row))
    written = (each.key for each in mapper.column_attrs if each.columns[0].computed is None)
    kept = {name: getattr(row, name) for name in written if name not in skipped}
    return type(row)(**kept | {"recorded_at": clock.now(), "recorded_by": by} | values)
