"""The table of handlers."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Id, Key, Moment


class Handler(Model):
    """A person who acts for one enterprise (its code: it may not be registered yet). `key` is what filings name.
    `brought_by`: the company that registered it for a customer of its own, or for itself.

    `sealed`: name, ID number and telephone number, encrypted together; `masked` the same as pages show them. The two
    hashes find the person again behind other enterprises; all of it goes when its time is over (`erased_at`).
    """

    __tablename__ = "handler"
    __table_args__ = (sa.Index("ix_handler_enterprise", "enterprise", "key"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    enterprise: Mapped[Key] = mapped_column()
    brought_by: Mapped[str] = mapped_column(sa.Text, default="")
    sealed: Mapped[str] = mapped_column(sa.Text)
    masked: Mapped[str] = mapped_column(sa.Text)
    id_hash: Mapped[str] = mapped_column(sa.Text, index=True)
    phone_hash: Mapped[str] = mapped_column(sa.Text, index=True)
    made_at: Mapped[Moment]
    made_by: Mapped[str] = mapped_column(sa.Text)
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    erased_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
