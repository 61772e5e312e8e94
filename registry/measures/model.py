"""Measures: what limits a permit without editing it."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.store import Model
from registry.store.columns import Bag, Key, choice
from registry.store.periods import Dated, dated_constraints

__all__ = ["Action", "Measure", "MeasureState", "SubjectKind"]


class Measure(Dated, Model):
    """One measure: on what, what it does, why, how to end it and where to appeal."""

    __tablename__ = "measure"
    __table_args__ = (
        *dated_constraints("measure", "key"),
        sa.Index("ix_measure_subject", "subject_kind", "subject"),
    )

    key: Mapped[Key] = mapped_column(index=True)
    subject_kind: Mapped[SubjectKind] = mapped_column(choice(SubjectKind, "subject_kind"))
    subject: Mapped[Key] = mapped_column()
    action: Mapped[Action] = mapped_column(choice(Action, "measure_action"))
    limits: Mapped[Bag]
    state: Mapped[MeasureState] = mapped_column(choice(MeasureState, "measure_state"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    remedy: Mapped[str] = mapped_column(sa.Text, default="")
    materials: Mapped[str] = mapped_column(sa.Text, default="")
    appeal_channel: Mapped[str] = mapped_column(sa.Text, default="")
    finding: Mapped[str] = mapped_column(sa.Text, default="")
    enterprise: Mapped[str] = mapped_column(sa.Text, default="", index=True)
    second_look_due: Mapped[dt.date | None] = mapped_column(sa.Date)
    second_look_by: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
