"""Inquiries of owners, and the one-time codes by which an owner without a log-in answers them."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.inquiries.workflow import InquiryState
from registry.store import Model
from registry.store.columns import Id, Key, Moment, Texts, choice


class Inquiry(Model):
    """One question to one owner: may this applicant send under these names until then?

    It is about a filing that is on its way (`filing`), about a letter that stands (`letter`), or about both one after
    the other. `over_at`: the filing came to nothing. `sealed`, `address_hash`: where the owner without a log-in is
    reached, encrypted; `source`: where staff found that. `answered_by` is an account, or the key of a one-time code.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        sa.Index("ix_inquiry_owner", "owner", "key"),
        sa.Index("ix_inquiry_applicant", "applicant", "key"),
        sa.Index("ix_inquiry_due", "expires_at", postgresql_where=sa.text("state = 'asked'")),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    letter: Mapped[str | None] = mapped_column(sa.Text(collation="C"), unique=True)
    filing: Mapped[str | None] = mapped_column(sa.Text(collation="C"), index=True)
    owner: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    applicant: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    signatures: Mapped[Texts]
    until: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    state: Mapped[InquiryState] = mapped_column(choice(InquiryState, "inquiry_state"))
    made_at: Mapped[Moment]
    asked_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    asked_by: Mapped[str] = mapped_column(sa.Text, default="")
    expires_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    answered_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    answered_by: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    over_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    sealed: Mapped[str] = mapped_column(sa.Text, default="")
    address_hash: Mapped[str] = mapped_column(sa.Text, default="", index=True)
    source: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class OwnerCode(Model):
    """A code that opens an owner's page until it is used or its time is over. Kept as its hash alone."""

    __tablename__ = "owner_code"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    code_hash: Mapped[Key] = mapped_column(unique=True)
    owner: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    address_hash: Mapped[str] = mapped_column(sa.Text, default="", index=True)
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
