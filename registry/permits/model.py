"""Permits: this signature on this port by this user, for these categories, places, hours, amounts, in this period."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.permits.kinds import ContactKind, OnBehalf, Purpose
from registry.store import Model
from registry.store.columns import Id, Key, Moment, Texts, choice
from registry.store.periods import Dated, dated_constraints
from registry.store.standing import Standing

__all__ = ["Beneficiary", "ContactKind", "OnBehalf", "Permit", "Purpose", "SharedContact", "Template"]


class Permit(Dated, Model):
    """An approved scope. `port` is an exact number, or a prefix that ends in `*`; empty lists say what FORMATS says."""

    __tablename__ = "permit"
    __table_args__ = (
        *dated_constraints("permit", "key"),
        sa.CheckConstraint(r"port ~ '^[0-9]{3,20}\*?$'", name="digits"),
        sa.CheckConstraint("monthly_volume IS NULL OR monthly_volume >= 0", name="volume"),
        sa.Index("ix_permit_port_signature", "port", "signature"),
        *(
            sa.Index(
                f"ix_permit_{name}",
                sa.text(f"permit_{name}({column})"),
                postgresql_using="gin",
                postgresql_where=sa.text(f"superseded_at IS NULL AND {column} <> '{{}}'"),
            )
            for name, column in (("domains", "links"), ("numbers", "contacts"))
        ),
    )

    key: Mapped[Key] = mapped_column(index=True)
    signature: Mapped[Key] = mapped_column(index=True)
    owner: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    port: Mapped[Key] = mapped_column()
    user: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    categories: Mapped[Texts]
    provinces: Mapped[Texts]
    hours: Mapped[str] = mapped_column(sa.Text, default="")
    monthly_volume: Mapped[int | None] = mapped_column(sa.BigInteger)
    links: Mapped[Texts]
    contacts: Mapped[Texts]
    letter: Mapped[str] = mapped_column(sa.Text, default="")
    on_behalf: Mapped[OnBehalf] = mapped_column(choice(OnBehalf, "on_behalf"))
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose, "purpose"))
    standby: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    standing: Mapped[Standing] = mapped_column(choice(Standing, "standing"))
    filing: Mapped[str | None] = mapped_column(sa.Text)


class Beneficiary(Dated, Model):
    """Whose content may stand under a permit that is used on behalf of others."""

    __tablename__ = "beneficiary"
    __table_args__ = dated_constraints("beneficiary", "permit", "beneficiary")
    same = ("permit", "beneficiary")

    permit: Mapped[Key] = mapped_column(index=True)
    beneficiary: Mapped[Key] = mapped_column()
    name: Mapped[str] = mapped_column(sa.Text, default="")
    links: Mapped[Texts]
    contacts: Mapped[Texts]


class Template(Dated, Model):
    """A text that was filed for a permit, with its variables as `{1}`."""

    __tablename__ = "template"
    __table_args__ = dated_constraints("template", "key")

    key: Mapped[Key] = mapped_column(index=True)
    permit: Mapped[Key] = mapped_column(index=True)
    body: Mapped[str] = mapped_column(sa.Text)
    links: Mapped[Texts]
    contacts: Mapped[Texts]


class VolumePeers(Model):
    """What permits of owners of one section of industries allow a month for one category, as it was counted last."""

    __tablename__ = "volume_peers"

    section: Mapped[Key] = mapped_column(primary_key=True)
    category: Mapped[Key] = mapped_column(primary_key=True)
    permits: Mapped[int] = mapped_column(sa.Integer)
    most: Mapped[int] = mapped_column(sa.BigInteger)
    counted_at: Mapped[Moment]


class SharedContact(Model):
    """A link or number that many unrelated senders lawfully use."""

    __tablename__ = "shared_contact"
    __table_args__ = (sa.UniqueConstraint("value", "kind"),)

    id: Mapped[Id]
    value: Mapped[Key] = mapped_column()
    kind: Mapped[ContactKind] = mapped_column(choice(ContactKind, "contact_kind"))
    owner: Mapped[str] = mapped_column(sa.Text, default="")
