"""Ports and delegations: who holds a number, and who was declared to use it."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.ports.kinds import DelegationRole, PortLevel, PortUse, Signing
from registry.store import Model
from registry.store.columns import Key, Texts, choice
from registry.store.periods import Dated, dated_constraints
from registry.store.standing import Standing

__all__ = ["Delegation", "DelegationRole", "Port", "PortLevel", "PortUse", "Signing"]


class Port(Dated, Model):
    """A registered number: an access code, or an extension under one. `port` is its digits and its key."""

    __tablename__ = "port"
    __table_args__ = (
        *dated_constraints("port", "port"),
        # access codes of two holders never nest: the interval is of 20-digit numbers under the prefix
        ExcludeConstraint(
            (sa.column("span"), "&&"),
            (sa.column("valid"), "&&"),
            name="ex_port_access_codes_apart",
            using="gist",
            where=sa.text("superseded_at IS NULL AND level = 'access_code'"),
        ),
        sa.CheckConstraint("port ~ '^[0-9]{3,20}$'", name="digits"),
        sa.CheckConstraint("max_length BETWEEN length(port) AND 20", name="max_length"),
        sa.Index("ix_port_holder", "holder", "port"),
    )
    same = ("port",)

    port: Mapped[Key] = mapped_column(index=True)
    level: Mapped[PortLevel] = mapped_column(choice(PortLevel, "port_level"))
    span: Mapped[object] = mapped_column(
        sa.dialects.postgresql.NUMRANGE,
        sa.Computed("numrange(rpad(port, 20, '0')::numeric, rpad(port, 20, '9')::numeric, '[]')", persisted=True),
    )
    holder: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    use: Mapped[PortUse] = mapped_column(choice(PortUse, "port_use"))
    signing: Mapped[Signing] = mapped_column(choice(Signing, "signing"))
    max_length: Mapped[int] = mapped_column(sa.Integer)
    provinces: Mapped[Texts]
    office: Mapped[str] = mapped_column(sa.Text, default="")
    standing: Mapped[Standing] = mapped_column(choice(Standing, "standing"))
    filing: Mapped[str | None] = mapped_column(sa.Text)


class Delegation(Dated, Model):
    """One declared hop: on `port` and everything that starts with it, one enterprise lets another send."""

    __tablename__ = "delegation"
    __table_args__ = (
        *dated_constraints("delegation", "port", "from_enterprise", "to_enterprise", "role"),
        sa.CheckConstraint("port ~ '^[0-9]{3,20}$'", name="digits"),
        sa.CheckConstraint("from_enterprise <> to_enterprise", name="two_parties"),
    )
    same = ("port", "from_enterprise", "to_enterprise", "role")

    key: Mapped[Key] = mapped_column(index=True)
    port: Mapped[Key] = mapped_column(index=True)
    from_enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    to_enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    role: Mapped[DelegationRole] = mapped_column(choice(DelegationRole, "delegation_role"))
    letter: Mapped[str] = mapped_column(sa.Text, default="")
    standing: Mapped[Standing] = mapped_column(choice(Standing, "standing"))
    filing: Mapped[str | None] = mapped_column(sa.Text)
