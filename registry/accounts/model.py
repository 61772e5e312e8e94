"""Accounts of people, API keys of machines, and failed log-ins."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.store import Model
from registry.store.columns import Id, Key, Moment, Texts

account_role = sa.Table(
    "account_role",
    Model.metadata,
    sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("role_id", sa.ForeignKey("role.id"), primary_key=True),
)


class Role(Model):
    """A role by its name; what it may do stands in roles.py."""

    __tablename__ = "role"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(sa.Text, unique=True)
    description: Mapped[str] = mapped_column(sa.Text, default="")


class Account(Model):
    """A person's log-in: one of the carrier's staff, or of a company (then `enterprise` says which)."""

    __tablename__ = "account"

    id: Mapped[Id]
    email: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(sa.Text)
    password: Mapped[str] = mapped_column(sa.Text)
    active: Mapped[bool] = mapped_column(sa.Boolean, default=True)
    must_change_password: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    fs_uniquifier: Mapped[str] = mapped_column(sa.Text, unique=True)
    enterprise: Mapped[str | None] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    office: Mapped[str | None] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.Text, default="zh_CN")
    create_datetime: Mapped[Moment]
    roles: Mapped[list[Role]] = relationship(secondary=account_role, lazy="selectin")


class ApiKey(Model):
    """A machine's key: `key_id` is public, of the secret only a hash is kept."""

    __tablename__ = "api_key"

    id: Mapped[Id]
    key_id: Mapped[Key] = mapped_column(unique=True)
    secret_hash: Mapped[str] = mapped_column(sa.Text)
    name: Mapped[str] = mapped_column(sa.Text)
    roles: Mapped[Texts]
    enterprise: Mapped[str | None] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[Moment]
    expires_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))


class Deputy(Model):
    """Somebody who decides in an absent colleague's place during `[valid_from, valid_until)`, in the own name."""

    __tablename__ = "deputy"
    __table_args__ = (
        sa.CheckConstraint("valid_from < valid_until", name="period"),
        sa.CheckConstraint("absent <> deputy", name="two_people"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    absent: Mapped[Key] = mapped_column(sa.ForeignKey("account.email"), index=True)
    deputy: Mapped[Key] = mapped_column(sa.ForeignKey("account.email"), index=True)
    valid_from: Mapped[Moment]
    valid_until: Mapped[Moment]
    reason: Mapped[str] = mapped_column(sa.Text)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[Moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))


class FailedLogin(Model):
    """A log-in that failed: counted by name and by address, so that guessing is slowed for all workers alike."""

    __tablename__ = "failed_login"

    id: Mapped[Id]
    at: Mapped[Moment] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(sa.Text)
    address: Mapped[str] = mapped_column(sa.Text)
