"""What was told of ends, when each number was last seen with each signature, and permits that lapse."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.lifecycle.kinds import Expiring
from registry.lifecycle.workflow import LapseState
from registry.store import Model
from registry.store.columns import Id, Key, Moment, choice


class ExpiryTold(Model):
    """One enterprise was told once that a thing ends on a day, so many days before it."""

    __tablename__ = "expiry_told"

    what: Mapped[Expiring] = mapped_column(choice(Expiring, "expiring"), primary_key=True)
    key: Mapped[Key] = mapped_column(primary_key=True)
    ends_on: Mapped[dt.date] = mapped_column(sa.Date, primary_key=True)
    days_before: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    enterprise: Mapped[Key] = mapped_column(primary_key=True)
    told_at: Mapped[Moment]


class Seen(Model):
    """The last day on which a number was seen with a signature, as the gateways' records say."""

    __tablename__ = "usage_seen"

    folded: Mapped[Key] = mapped_column(primary_key=True)
    port: Mapped[Key] = mapped_column(primary_key=True)
    last_day: Mapped[dt.date] = mapped_column(sa.Date)


class SeenFile(Model):
    """A file of facts that `usage_seen` has taken up."""

    __tablename__ = "usage_seen_file"

    fact_file: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)


class Lapse(Model):
    """A permit under which nothing was sent since a day: warned of, and what became of it. One for each such time."""

    __tablename__ = "permit_lapse"
    __table_args__ = (
        sa.UniqueConstraint("permit", "idle_since"),
        sa.Index("ix_permit_lapse_due", "lapses_on", postgresql_where=sa.text("state = 'warned'")),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    permit: Mapped[Key] = mapped_column()
    enterprise: Mapped[Key] = mapped_column()
    idle_since: Mapped[dt.date] = mapped_column(sa.Date)
    lapses_on: Mapped[dt.date] = mapped_column(sa.Date)
    state: Mapped[LapseState] = mapped_column(choice(LapseState, "lapse_state"))
    warned_at: Mapped[Moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))


class DailyWork(Model):
    """Work of a day that is done."""

    __tablename__ = "daily_work"

    name: Mapped[Key] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(sa.Date, primary_key=True)
    done_at: Mapped[Moment]
