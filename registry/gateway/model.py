"""Gateways, and what they (and other carriers) report of permits: every report is kept, the last one holds."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.gateway.kinds import CarrierState
from registry.gateway.workflow import ActivationState
from registry.store import Model
from registry.store.columns import Id, Key, Moment, choice


class Gateway(Model):
    """A gateway by the name under which its records come; permits are to be active at every open one."""

    __tablename__ = "gateway"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(sa.Text, default="")
    opened_at: Mapped[Moment]
    opened_by: Mapped[str] = mapped_column(sa.Text)
    closed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))


class Report:
    """Columns of a report. `key`: permit and place; `at`: since when it is so there; `code`: the place's raw code."""

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column()
    permit: Mapped[Key] = mapped_column()
    place: Mapped[Key] = mapped_column()
    code: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    recorded_by: Mapped[str] = mapped_column(sa.Text)
    replaced_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))


def _only_one_holds(table: str) -> tuple[sa.Index, ...]:
    holds = sa.text("replaced_at IS NULL")
    return (
        sa.Index(f"ix_{table}_key", "key", unique=True, postgresql_where=holds),
        sa.Index(f"ix_{table}_state", "state", "key", postgresql_where=holds),
        sa.Index(f"ix_{table}_permit", "permit"),
    )


class Activation(Report, Model):
    """Where a permit stands at a gateway."""

    __tablename__ = "activation"
    __table_args__ = _only_one_holds("activation")

    state: Mapped[ActivationState] = mapped_column(choice(ActivationState, "activation_state"))


class CarrierFiling(Report, Model):
    """Where the filing of a permit's signature stands at another carrier."""

    __tablename__ = "carrier_filing"
    __table_args__ = _only_one_holds("carrier_filing")

    state: Mapped[CarrierState] = mapped_column(choice(CarrierState, "carrier_state"))
