"""What was ingested, and the files that hold what came of it: a file that is not listed here does not exist."""

import datetime as dt
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from registry.store import Model
from registry.store.columns import Bag, Id, Key, Moment, Texts, choice


class FactKind(StrEnum):
    """What a listed file holds; seen: tags of counted messages, sample: sealed messages, waiting: sealed parts."""

    BASE = "base"
    PROVINCE = "province"
    HOUR = "hour"
    CONTACT = "contact"
    SEEN = "seen"
    SAMPLE = "sample"
    WAITING = "waiting"


class IngestState(StrEnum):
    """refused: the file is not what it should be; failed: it can be tried again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class IngestJob(Model):
    """A file that the worker takes in: how far it is, what became of it (an `Outcome`)."""

    __tablename__ = "ingest_job"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    path: Mapped[Key] = mapped_column(index=True)
    gateway: Mapped[str] = mapped_column(sa.Text, default="")
    default_time: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    state: Mapped[IngestState] = mapped_column(choice(IngestState, "ingest_state"), index=True)
    done: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    rows: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    asked_by: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[Moment]
    started_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    outcome: Mapped[Bag]
    error: Mapped[str] = mapped_column(sa.Text, default="")

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return Path(self.path).name


class TrafficDay(Model):
    """A day with facts: `version` grows with everything that is counted on it, and with nothing else."""

    __tablename__ = "traffic_day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(sa.BigInteger)


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
    """One file under the facts folder: what it holds, of which day, and the delivery it came from.

    `of_files`: how many files were put together in it, whose rows tell by `source` which; 0 for one out of an ingest.
    What another file took the place of is listed no more; it lies there a while, and its row stays as a record.
    """

    __tablename__ = "fact_file"
    __table_args__ = (
        sa.Index("ix_fact_file_kind_day", "kind", "day"),
        sa.CheckConstraint(
            "(replaced_by IS NULL) = (replaced_at IS NULL) AND (removed_at IS NULL OR replaced_at IS NOT NULL)",
            name="replaced",
        ),
    )

    id: Mapped[Id]
    kind: Mapped[FactKind] = mapped_column(choice(FactKind, "fact_kind"))
    day: Mapped[dt.date | None] = mapped_column(sa.Date)
    path: Mapped[Key] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(sa.Text)
    rows: Mapped[int] = mapped_column(sa.BigInteger)
    messages: Mapped[int] = mapped_column(sa.BigInteger)
    ingested_file: Mapped[int | None] = mapped_column(sa.BigInteger, sa.ForeignKey("ingested_file.id"), index=True)
    added_at: Mapped[Moment]
    of_files: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    replaced_by: Mapped[int | None] = mapped_column(sa.BigInteger, index=True)
    replaced_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    removed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
