"""Asks for originals, and what was done about each."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.asks.workflow import AskState
from registry.detection.model import Case
from registry.detection.proof import Element, Stance
from registry.kernel import clock
from registry.store import Model
from registry.store.columns import Id, Key, Moment, StepColumns, Texts, choice


class Ask(Model):
    """One ask: of whom, for what, what it is to show. `hashes`: SHA-256 of each original, `stance` what it shows."""

    __tablename__ = "ask"
    __table_args__ = (
        sa.Index("ix_ask_due", "state", "due_at"),
        sa.CheckConstraint("what <> ''", name="what"),
        sa.CheckConstraint("(state = 'accepted') = (stance IS NOT NULL)", name="stance"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("detection_case.id"), index=True)
    enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    element: Mapped[Element] = mapped_column(choice(Element, "ask_element"))
    what: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[AskState] = mapped_column(choice(AskState, "ask_state"))
    asked_by: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment]
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    received_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    papers: Mapped[Texts]
    hashes: Mapped[Texts]
    stance: Mapped[Stance | None] = mapped_column(choice(Stance, "ask_stance"))
    version: Mapped[int] = mapped_column(default=1)
    case_row: Mapped[Case] = relationship()
    steps: Mapped[list["AskStep"]] = relationship(order_by="AskStep.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def case(self) -> str:
        """The key of the case that it is for."""
        return self.case_row.key

    @property
    def overdue(self) -> bool:
        """Whether nothing came in time."""
        return self.state is AskState.ASKED and self.due_at < clock.now()


class AskStep(StepColumns, Model):
    """Something done about an ask."""

    __tablename__ = "ask_step"

    ask_id: Mapped[int] = mapped_column(sa.ForeignKey("ask.id"), index=True)
