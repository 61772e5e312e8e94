"""Replays: what was asked, and what came out. Nothing of a replay stands among the findings."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.detection.model import RunState
from registry.store import Model
from registry.store.columns import Bag, Id, Key, Moment, choice


class Replay(Model):
    """One question to past facts. `finding`: the one that is applied again as its run did, empty for a comparison."""

    __tablename__ = "replay"
    __table_args__ = (sa.Index("ix_replay_finding", "finding", "id"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    finding: Mapped[str] = mapped_column(sa.Text, default="")
    question: Mapped[Bag]
    state: Mapped[RunState] = mapped_column(choice(RunState, "replay_state"))
    asked_by: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[Moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    answer: Mapped[Bag]
    error: Mapped[str] = mapped_column(sa.Text, default="")
