"""Batches as they were drawn: which filings in which version, which must be opened, which were, what became of each."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Bags, Id, Key, Moment, Texts


class DecisionBatch(Model):
    """Filings that one reviewer selected. `members`: filing and version; `sample`: drawn at random, to be opened first.

    `decided` are the filings that the action decided, `left_out` those that it did not, with code and reason: each is
    added in the commit that decides it, so that one that was killed goes on behind them. `decided_at`: all are told.
    """

    __tablename__ = "decision_batch"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    members: Mapped[Bags]
    sample: Mapped[Texts]
    opened: Mapped[Texts]
    decided: Mapped[Texts]
    left_out: Mapped[Bags]
    drawn_by: Mapped[str] = mapped_column(sa.Text)
    drawn_at: Mapped[Moment]
    decided_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    version: Mapped[int] = mapped_column(sa.Integer, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it
