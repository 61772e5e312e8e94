"""The table of erasures: never changed, never deleted (a trigger refuses both)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.erasures.kinds import Erasable
from registry.store import Model
from registry.store.columns import Id, Key, Moment, choice


class Erasure(Model):
    """One thing that is gone. `digest`: SHA-256 of a file, or the keyed hash of a personal value.

    `rule`: the provision by which it went, with the value that it had; `since`: from when its time was counted.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        sa.UniqueConstraint("what", "subject"),
        sa.Index("ix_erasure_enterprise", "enterprise", "key"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    what: Mapped[Erasable] = mapped_column(choice(Erasable, "erasable"))
    subject: Mapped[Key] = mapped_column()
    enterprise: Mapped[str] = mapped_column(sa.Text, default="")
    digest: Mapped[str] = mapped_column(sa.Text)
    rule: Mapped[str] = mapped_column(sa.Text)
    since: Mapped[dt.date] = mapped_column(sa.Date)
    erased_at: Mapped[Moment]
    erased_by: Mapped[str] = mapped_column(sa.Text)
