"""Bulk files as they were handed in, and what became of each row."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.filings.kinds import Kind
from registry.store import Model
from registry.store.columns import Id, Key, Moment, choice


class BulkState(StrEnum):
    """ordered: it waits for the worker; refused: the file itself can't be read; undone: one row was wrong, so none."""

    ORDERED = "ordered"
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"
    REFUSED = "refused"


class RowState(StrEnum):
    """filed: handed in; repeated: its reference was used before; left_out: sound, but another row was not."""

    FILED = "filed"
    REPEATED = "repeated"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


class BulkFile(Model):
    """One file of filings. `whole`: all rows or none. `done`: rows that are answered; it goes on behind them.

    `unsearched`: signatures that were filed and whose lookalikes are still to be looked for.
    """

    __tablename__ = "bulk_file"
    __table_args__ = (sa.Index("ix_bulk_file_applicant", "applicant", "key"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    applicant: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    kind: Mapped[Kind] = mapped_column(choice(Kind, "bulk_kind"))
    name: Mapped[str] = mapped_column(sa.Text)
    form: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text)
    whole: Mapped[bool] = mapped_column(sa.Boolean)
    state: Mapped[BulkState] = mapped_column(choice(BulkState, "bulk_state"))
    rows: Mapped[int] = mapped_column(sa.Integer, default=0)
    done: Mapped[int] = mapped_column(sa.Integer, default=0)
    filed: Mapped[int] = mapped_column(sa.Integer, default=0)
    repeated: Mapped[int] = mapped_column(sa.Integer, default=0)
    refused: Mapped[int] = mapped_column(sa.Integer, default=0)
    unsearched: Mapped[int] = mapped_column(sa.Integer, default=0, server_default="0")
    trouble: Mapped[str] = mapped_column(sa.Text, default="")
    fix: Mapped[str] = mapped_column(sa.Text, default="")
    asked_by: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[Moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))


class BulkRow(Model):
    """What became of one row: its filing, or the code, field and fix of what keeps it out."""

    __tablename__ = "bulk_row"
    __table_args__ = (sa.UniqueConstraint("bulk_id", "row"),)

    id: Mapped[Id]
    bulk_id: Mapped[int] = mapped_column(sa.ForeignKey("bulk_file.id"))
    row: Mapped[int] = mapped_column(sa.Integer)
    reference_id: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[RowState] = mapped_column(choice(RowState, "bulk_row_state"))
    filing: Mapped[str] = mapped_column(sa.Text, default="")
    code: Mapped[str] = mapped_column(sa.Text, default="")
    field: Mapped[str] = mapped_column(sa.Text, default="")
    message: Mapped[str] = mapped_column(sa.Text, default="")
    fix: Mapped[str] = mapped_column(sa.Text, default="")
