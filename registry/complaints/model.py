"""Complaints as they were received."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Id, Key, Moment


class Complaint(Model):
    """A report from 12321, the carrier's hotline or a company: which number, which text, when."""

    __tablename__ = "complaint"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    received_at: Mapped[Moment] = mapped_column(index=True)
    sent_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    port: Mapped[Key] = mapped_column(index=True)
    signature: Mapped[str] = mapped_column(sa.Text, default="")
    content: Mapped[str] = mapped_column(sa.Text, default="")
    channel: Mapped[str] = mapped_column(sa.Text, default="")
    province: Mapped[str] = mapped_column(sa.Text, default="")
