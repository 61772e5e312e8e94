"""Complaints as they were received."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.complaints import policy
from registry.kernel import clock
from registry.store import Model
from registry.store.columns import Id, Key, Moment


class Complaint(Model):
    """A report from 12321, the carrier's hotline or a company: which number, which text, when, what was answered."""

    __tablename__ = "complaint"
    __table_args__ = (sa.Index("ix_complaint_open", "received_at", postgresql_where=sa.text("answered_at IS NULL")),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    received_at: Mapped[Moment] = mapped_column(index=True)
    sent_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    port: Mapped[Key] = mapped_column(index=True)
    signature: Mapped[str] = mapped_column(sa.Text, default="")
    content: Mapped[str] = mapped_column(sa.Text, default="")
    channel: Mapped[str] = mapped_column(sa.Text, default="")
    province: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    answer: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    answered_by: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    @property
    def answer_by(self) -> dt.date | None:
        """The last day to answer it."""
        return policy.answer_by(self.received_at)

    @property
    def overdue(self) -> bool:
        """Whether it should have been answered by now and was not."""
        return self.answered_at is None and self._after(clock.today())

    @property
    def late(self) -> bool:
        """Whether it was answered after the last day."""
        return self.answered_at is not None and self._after(clock.local_day(self.answered_at))

    def _after(self, day: dt.date) -> bool:
        return self.answer_by is not None and day > self.answer_by
