"""Filings: what a company asks for, what the checks said, what people decided."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.filings.kinds import Kind, Priority, Stage, Verdict
from registry.filings.workflow import State
from registry.store import Model
from registry.store.columns import Bag, Bags, Id, Key, Moment, Texts, choice


class Filing(Model):
    """One request to change the registry. `needs_two` holds the codes of the conditions for a second reviewer."""

    __tablename__ = "filing"
    __table_args__ = (
        sa.UniqueConstraint("applicant", "reference_id"),
        sa.Index("ix_filing_queue", "state", "priority", "submitted_at"),
        sa.Index("ix_filing_entry", "entry_kind", "entry_key"),
        sa.Index("ix_filing_applicant", "applicant", "key"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    reference_id: Mapped[Key] = mapped_column()
    kind: Mapped[Kind] = mapped_column(choice(Kind, "filing_kind"))
    applicant: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    counterparty: Mapped[str | None] = mapped_column(sa.Text, index=True)
    filed_by: Mapped[str] = mapped_column(sa.Text)
    authors: Mapped[Texts]
    state: Mapped[State] = mapped_column(choice(State, "filing_state"))
    content: Mapped[Bag]
    papers: Mapped[Texts]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    priority: Mapped[Priority] = mapped_column(choice(Priority, "filing_priority"))
    needs_two: Mapped[Texts]
    claimed_by: Mapped[str | None] = mapped_column(sa.Text)
    first_decider: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[Moment]
    submitted_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    due_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    decided_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    entry_kind: Mapped[str | None] = mapped_column(sa.Text)
    entry_key: Mapped[str | None] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(sa.Integer)

    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.id", back_populates="filing")
    results: Mapped[list["CheckResult"]] = relationship(order_by="CheckResult.code", back_populates="filing")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class Decision(Model):
    """What one person decided, with the coded reasons by field and the words beside them."""

    __tablename__ = "filing_decision"

    id: Mapped[Id]
    filing_id: Mapped[int] = mapped_column(sa.ForeignKey("filing.id"), index=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage, "decision_stage"))
    verdict: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[str] = mapped_column(sa.Text)
    reasons: Mapped[Bags]
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)
    at: Mapped[Moment]

    filing: Mapped[Filing] = relationship(back_populates="decisions")


class CheckResult(Model):
    """What one automatic check said when the filing was last handed in or decided on."""

    __tablename__ = "filing_check"
    __table_args__ = (sa.UniqueConstraint("filing_id", "code"),)

    id: Mapped[Id]
    filing_id: Mapped[int] = mapped_column(sa.ForeignKey("filing.id"), index=True)
    code: Mapped[Key] = mapped_column()
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "check_verdict"))
    reason: Mapped[dict[str, Any]] = mapped_column(JSONB)
    fix: Mapped[dict[str, Any]] = mapped_column(JSONB)
    fields: Mapped[Texts]
    evidence: Mapped[Bag]
    at: Mapped[Moment]

    filing: Mapped[Filing] = relationship(back_populates="results")


class EntryCheck(Model):
    """What the checks say of an entry that came without a filing, as they last ran over it.

    `worst` is the gravest verdict; `results` holds those that did not pass: code, verdict, reason, fix.
    """

    __tablename__ = "entry_check"
    __table_args__ = (
        sa.UniqueConstraint("entry_kind", "entry_key"),
        sa.Index("ix_entry_check_worst", "worst", "entry_kind"),
    )

    id: Mapped[Id]
    entry_kind: Mapped[Kind] = mapped_column(choice(Kind, "entry_kind"))
    entry_key: Mapped[Key] = mapped_column()
    worst: Mapped[Verdict] = mapped_column(choice(Verdict, "worst_verdict"))
    results: Mapped[Bags]
    at: Mapped[Moment]
