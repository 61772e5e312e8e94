"""What was ingested, and the files that hold what came of it: a file that is not listed here does not exist."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Id, Key, Moment, Texts, choice


class FactKind(StrEnum):
    """What a listed file holds; seen: tags of counted messages, sample: sealed messages, waiting: sealed parts."""

    BASE = "base"
    PROVINCE = "province"
    HOUR = "hour"
    CONTACT = "contact"
    SEEN = "seen"
    SAMPLE = "sample"
    WAITING = "waiting"


class IngestedFile(Model):
    """A delivery of a gateway that was taken in, once for all, with counts that balance."""

    __tablename__ = "ingested_file"
    __table_args__ = (sa.CheckConstraint("read = accepted + rejected", name="balance"),)

    id: Mapped[Id]
    sha256: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(sa.Text)
    gateway: Mapped[str] = mapped_column(sa.Text, default="")
    size: Mapped[int] = mapped_column(sa.BigInteger)
    read: Mapped[int] = mapped_column(sa.BigInteger)
    accepted: Mapped[int] = mapped_column(sa.BigInteger)
    rejected: Mapped[int] = mapped_column(sa.BigInteger)
    messages: Mapped[int] = mapped_column(sa.BigInteger)
    joined: Mapped[int] = mapped_column(sa.BigInteger)
    waiting: Mapped[int] = mapped_column(sa.BigInteger)
    duplicates: Mapped[int] = mapped_column(sa.BigInteger)
    unknown_columns: Mapped[Texts]
    days: Mapped[Texts]
    ingested_at: Mapped[Moment] = mapped_column(index=True)
    ingested_by: Mapped[str] = mapped_column(sa.Text)


class FactFile(Model):
    """One file under the facts folder: what it holds, of which day, and the delivery it came from."""

    __tablename__ = "fact_file"
    __table_args__ = (sa.Index("ix_fact_file_kind_day", "kind", "day"),)

    id: Mapped[Id]
    kind: Mapped[FactKind] = mapped_column(choice(FactKind, "fact_kind"))
    day: Mapped[dt.date | None] = mapped_column(sa.Date)
    path: Mapped[Key] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(sa.Text)
    rows: Mapped[int] = mapped_column(sa.BigInteger)
    messages: Mapped[int] = mapped_column(sa.BigInteger)
    ingested_file: Mapped[int | None] = mapped_column(sa.BigInteger, sa.ForeignKey("ingested_file.id"), index=True)
    added_at: Mapped[Moment]
