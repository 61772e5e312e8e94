"""Signatures and letters of authorisation."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.signatures.kinds import Confirmation, SignatureSource
from registry.store import Model
from registry.store.columns import Key, Texts, choice
from registry.store.periods import Dated, dated_constraints
from registry.store.standing import Standing

__all__ = ["Confirmation", "Letter", "Signature", "SignatureSource"]


class Signature(Dated, Model):
    """A registered sender name of one owner: the text between the brackets."""

    __tablename__ = "signature"
    __table_args__ = (
        *dated_constraints("signature", "signature", "owner"),
        sa.CheckConstraint("signature <> ''", name="text"),
        sa.Index(
            "ix_signature_folded_like", "folded", postgresql_using="gin", postgresql_ops={"folded": "gin_trgm_ops"}
        ),
    )
    same = ("signature", "owner")

    key: Mapped[Key] = mapped_column(index=True)
    signature: Mapped[Key] = mapped_column(index=True)
    folded: Mapped[Key] = mapped_column(index=True)
    owner: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    source: Mapped[SignatureSource] = mapped_column(choice(SignatureSource, "signature_source"))
    protected: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    standing: Mapped[Standing] = mapped_column(choice(Standing, "standing"))
    filing: Mapped[str | None] = mapped_column(sa.Text)


class Letter(Dated, Model):
    """The owner allows the applicant a list of signatures until a date; `confirmation` is the owner's own word."""

    __tablename__ = "letter"
    __table_args__ = dated_constraints("letter", "key")

    key: Mapped[Key] = mapped_column(index=True)
    owner: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    applicant: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    signatures: Mapped[Texts]
    confirmation: Mapped[Confirmation] = mapped_column(choice(Confirmation, "confirmation"))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    filing: Mapped[str | None] = mapped_column(sa.Text)
