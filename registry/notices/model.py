"""Tables of notices: what was told to whom, who has read it, where webhooks go, and how each delivery went."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.notices.kinds import Channel
from registry.notices.workflow import DeliveryState
from registry.store import Model
from registry.store.columns import Bag, Id, Key, Moment, Texts, choice


class Notice(Model):
    """One thing told to one recipient; never changed, never deleted (a trigger refuses both).

    `recipient`: `enterprise:CODE`, `account:E-MAIL`, `office:NAME` (no name: every office) or `address:HASH` (somebody
    without a log-in). `needs`: the permission by which staff of an office sees it. `once`: the name under which it is
    told a single time. `payload` holds the reasons in full.
    """

    __tablename__ = "notice"
    __table_args__ = (
        sa.Index("ix_notice_recipient", "recipient", "key"),
        sa.Index("ix_notice_subject", "subject_kind", "subject"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    at: Mapped[Moment]
    recipient: Mapped[Key] = mapped_column()
    needs: Mapped[str] = mapped_column(sa.Text, default="")
    event: Mapped[Key] = mapped_column()
    subject_kind: Mapped[Key] = mapped_column()
    subject: Mapped[Key] = mapped_column()
    sentence: Mapped[Bag]
    payload: Mapped[Bag]
    once: Mapped[str | None] = mapped_column(sa.Text, unique=True)


class Unspread(Model):
    """A notice whose deliveries are not made yet: written with it, gone when a job has made them.

    `sealed`: where it is to go and what is only for the recipient's eyes, encrypted.
    """

    __tablename__ = "notice_unspread"

    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"), primary_key=True, autoincrement=False)
    sealed: Mapped[str] = mapped_column(sa.Text, default="")

    notice: Mapped[Notice] = relationship()


class Reading(Model):
    """Somebody has read a notice."""

    __tablename__ = "notice_reading"

    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"), primary_key=True, autoincrement=False)
    reader: Mapped[Key] = mapped_column(primary_key=True)
    at: Mapped[Moment]


class NoMail(Model):
    """An account that wants no notices by mail."""

    __tablename__ = "notice_no_mail"

    email: Mapped[Key] = mapped_column(primary_key=True)


class Endpoint(Model):
    """Where a company (or, without one, the carrier) takes its webhooks, and the secrets they are signed with.

    `topics`: what it wants to hear of, all where empty. The secrets are encrypted; the old one signs until `old_until`.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (sa.Index("ix_webhook_endpoint_enterprise", "enterprise", "key"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    enterprise: Mapped[str | None] = mapped_column(sa.ForeignKey("enterprise.code"))
    url: Mapped[str] = mapped_column(sa.Text)
    description: Mapped[str] = mapped_column(sa.Text, default="")
    topics: Mapped[Texts]
    secret: Mapped[str] = mapped_column(sa.Text)
    old_secret: Mapped[str] = mapped_column(sa.Text, default="")
    old_until: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[Moment]
    closed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class Delivery(Model):
    """One notice on its way to one target. `tries` counts since it was last begun; `next_at`: when it is tried again.

    `target`: an endpoint's key, an account's e-mail, or the hash of an address. `sealed` is erased when it has ended.
    """

    __tablename__ = "notice_delivery"
    __table_args__ = (
        sa.UniqueConstraint("notice_id", "channel", "target"),
        sa.Index("ix_notice_delivery_due", "next_at", postgresql_where=sa.text("state = 'waiting'")),
        sa.Index("ix_notice_delivery_enterprise", "enterprise", "key"),
        sa.Index("ix_notice_delivery_target", "target", "key"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"))
    channel: Mapped[Channel] = mapped_column(choice(Channel, "notice_channel"))
    target: Mapped[Key] = mapped_column()
    enterprise: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[DeliveryState] = mapped_column(choice(DeliveryState, "delivery_state"))
    tries: Mapped[int] = mapped_column(sa.Integer, default=0)
    next_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    made_at: Mapped[Moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    sealed: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer, default=1)

    notice: Mapped[Notice] = relationship(lazy="joined")
    attempts: Mapped[list["Attempt"]] = relationship(order_by="Attempt.id", back_populates="delivery")


class Attempt(Model):
    """One try of a delivery: what the other side said (`status`: HTTP or SMTP, 0 where nobody answered)."""

    __tablename__ = "notice_attempt"

    id: Mapped[Id]
    delivery_id: Mapped[int] = mapped_column(sa.ForeignKey("notice_delivery.id"), index=True)
    at: Mapped[Moment]
    arrived: Mapped[bool] = mapped_column(sa.Boolean)
    status: Mapped[int] = mapped_column(sa.Integer)
    said: Mapped[str] = mapped_column(sa.Text, default="")
    took_ms: Mapped[int] = mapped_column(sa.Integer)

    delivery: Mapped[Delivery] = relationship(back_populates="attempts")
