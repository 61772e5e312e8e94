"""The table of changes of contact."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.contacts.kinds import ContactPart
from registry.contacts.workflow import ContactState
from registry.kernel import clock
from registry.store import Model
from registry.store.columns import Id, Key, Moment, choice


class ContactChange(Model):
    """One change of one enterprise. `due_on`: the last day to report it.

    `handler`: the new one's opaque key; `value`: what any other part is now, a telephone masked; `sealed`: that
    telephone whole, encrypted, as long as it is the one that counts or waits.
    """

    __tablename__ = "contact_change"
    __table_args__ = (
        sa.Index("ix_contact_change_enterprise", "enterprise", "key"),
        sa.Index("ix_contact_change_due", "due_on", postgresql_where=sa.text("state = 'expected'")),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    part: Mapped[ContactPart] = mapped_column(choice(ContactPart, "contact_part"))
    handler: Mapped[str] = mapped_column(sa.Text, default="")
    value: Mapped[str] = mapped_column(sa.Text, default="")
    sealed: Mapped[str] = mapped_column(sa.Text, default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    changed_on: Mapped[dt.date] = mapped_column(sa.Date)
    due_on: Mapped[dt.date] = mapped_column(sa.Date)
    state: Mapped[ContactState] = mapped_column(choice(ContactState, "contact_state"))
    made_at: Mapped[Moment]
    made_by: Mapped[str] = mapped_column(sa.Text)
    reported_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    decided_by: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def overdue(self) -> bool:
        """Whether it should have been reported by now and was not."""
        return self.state in (ContactState.EXPECTED, ContactState.REFUSED) and clock.today() > self.due_on

    @property
    def hidden(self) -> bool:
        """Whether its value is shown masked and can be asked for whole."""
        return bool(self.sealed)

    @property
    def late(self) -> bool:
        """Whether it was reported after the last day."""
        return self.reported_at is not None and clock.local_day(self.reported_at) > self.due_on
