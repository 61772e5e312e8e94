"""Enterprises, their former names, what ties them to each other, and the accounts they hold at gateways."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.enterprises.kinds import LegalForm, RelationKind, Role
from registry.store import Model
from registry.store.columns import Id, Key, Moment, Texts, choice
from registry.store.periods import Dated, dated_constraints

__all__ = ["Enterprise", "EnterpriseName", "LegalForm", "Relation", "RelationKind", "Role", "Submitter"]


class Enterprise(Model):
    """A party of any legal form, known by its code: a USCC, or KIND:VALUE where it has none."""

    __tablename__ = "enterprise"

    id: Mapped[Id]
    code: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(sa.Text, index=True)
    roles: Mapped[Texts]
    legal_form: Mapped[LegalForm] = mapped_column(choice(LegalForm, "legal_form"))
    industry: Mapped[str] = mapped_column(sa.Text, default="")
    province: Mapped[str] = mapped_column(sa.Text, default="")
    handler: Mapped[str] = mapped_column(sa.Text, default="", index=True)
    licence: Mapped[str] = mapped_column(sa.Text, default="")
    licence_until: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    recorded_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class EnterpriseName(Dated, Model):
    """A name that an enterprise bore in a period."""

    __tablename__ = "enterprise_name"
    __table_args__ = dated_constraints("enterprise_name", "enterprise", "name")
    same = ("enterprise", "name")

    enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    name: Mapped[str] = mapped_column(sa.Text, index=True)


class Relation(Dated, Model):
    """A tie between two enterprises in a period."""

    __tablename__ = "relation"
    __table_args__ = (
        *dated_constraints("relation", "from_enterprise", "to_enterprise", "kind"),
        sa.CheckConstraint("from_enterprise <> to_enterprise", name="two_parties"),
    )
    same = ("from_enterprise", "to_enterprise", "kind")

    from_enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    to_enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
    kind: Mapped[RelationKind] = mapped_column(choice(RelationKind, "relation_kind"))


class Submitter(Dated, Model):
    """An account at a gateway and the enterprise that it belongs to. An empty gateway means all of them."""

    __tablename__ = "submitter"
    __table_args__ = dated_constraints("submitter", "gateway", "submitter")
    same = ("gateway", "submitter")

    gateway: Mapped[str] = mapped_column(sa.Text, default="")
    submitter: Mapped[str] = mapped_column(sa.Text, index=True)
    enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"), index=True)
