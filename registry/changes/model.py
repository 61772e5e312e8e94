"""The table of the change feed."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Texts


class Change(Model):
    """One effective change. Positions are given under a lock: who has seen N never misses one below it."""

    __tablename__ = "change"
    __table_args__ = (sa.Index("ix_change_enterprises", "enterprises", postgresql_using="gin"),)

    position: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    recorded_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    effective_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    kind: Mapped[str] = mapped_column(sa.Text)
    action: Mapped[str] = mapped_column(sa.Text)
    key: Mapped[str] = mapped_column(sa.Text)
    enterprises: Mapped[Texts]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ChangeHead(Model):
    """The last position given: one row."""

    __tablename__ = "change_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(sa.BigInteger)
