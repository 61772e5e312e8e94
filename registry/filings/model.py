"""Filings: what a company asks for, what the checks said, what people decided."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.filings.kinds import Kind, Priority, Stage, Verdict
from registry.filings.outcome import Kept, told
from registry.filings.workflow import State
from registry.store import Model
from registry.store.columns import Bag, Bags, Id, Key, Moment, Texts, choice


class Filing(Model):
    """One request to change the registry. `needs_two` holds the codes of the conditions for a second reviewer.

    `office` is the province whose office works it, empty for headquarters; `risk` 0 to 100, what the checks make of it.
    `queue_at` is the age that counts in the queue: when it was handed in, less what it was urged. Until `mend_by` a
    returned filing may be mended, until `appeal_by` a rejected one appealed against; `barred` may not hear the appeal.
    `replaced` is the scope that stood before, where a narrower one counts since the handing in.
    `relied_on`: papers on file that counted for it beside its own, so that nobody is asked for them twice.
    `sample_draw` is what an unchanged renewal drew: below the sampled share a person looks at it.
    """

    __tablename__ = "filing"
    __table_args__ = (
        sa.UniqueConstraint("applicant", "reference_id"),
        sa.Index("ix_filing_queue", "state", "priority", "submitted_at"),
        sa.Index("ix_filing_entry", "entry_kind", "entry_key"),
        sa.Index("ix_filing_applicant", "applicant", "key"),
        sa.Index("ix_filing_papers", "papers", postgresql_using="gin"),
        sa.Index("ix_filing_relied_on", "relied_on", postgresql_using="gin"),
        sa.Index(
            "ix_filing_succession",
            sa.text("(content ->> 'from_enterprise')"),
            postgresql_where=sa.text("kind = 'succession'"),
        ),
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
    relied_on: Mapped[Texts] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    priority: Mapped[Priority] = mapped_column(choice(Priority, "filing_priority"))
    needs_two: Mapped[Texts]
    office: Mapped[str] = mapped_column(sa.Text, default="")
    risk: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    queue_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    urges: Mapped[int] = mapped_column(sa.Integer, default=0)
    urged_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    mend_by: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    appeal_by: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    appealed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    barred: Mapped[Texts] = mapped_column(default=list)
    replaced: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    sample_draw: Mapped[int | None] = mapped_column(sa.SmallInteger)
    unsampled: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    claimed_by: Mapped[str | None] = mapped_column(sa.Text)
    claimed_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    first_decider: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[Moment]
    submitted_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    due_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    decided_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    entry_kind: Mapped[str | None] = mapped_column(sa.Text)
    entry_key: Mapped[str | None] = mapped_column(sa.Text)
    version: Mapped[int] = mapped_column(sa.Integer)

    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.id", back_populates="filing")
    checked: Mapped["CheckedFiling | None"] = relationship(back_populates="filing")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def results(self) -> list[Kept]:
        """What each automatic check said when it was last handed in or decided on, by code; none before."""
        return told(self.checked.passed, self.checked.said) if self.checked else []


class Decision(Model):
    """What one person decided, with the coded reasons by field and the words beside them.

    `on_behalf` names the absent colleague as whose deputy somebody decided; `taken_at` is when it was claimed for it.
    """

    __tablename__ = "filing_decision"

    id: Mapped[Id]
    filing_id: Mapped[int] = mapped_column(sa.ForeignKey("filing.id"), index=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage, "decision_stage"))
    verdict: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[str] = mapped_column(sa.Text)
    reasons: Mapped[Bags]
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(sa.Integer)
    on_behalf: Mapped[str] = mapped_column(sa.Text, default="")
    taken_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    at: Mapped[Moment]

    filing: Mapped[Filing] = relationship(back_populates="decisions")


class CheckedFiling(Model):
    """What the automatic checks said, one row a filing: which ones passed, and in `said` what the others answered.

    Apart from the filing, so that looking later for what a check waits for is no change of the filing.
    """

    __tablename__ = "filing_checked"

    filing_id: Mapped[int] = mapped_column(sa.BigInteger, sa.ForeignKey("filing.id"), primary_key=True)
    at: Mapped[Moment]
    passed: Mapped[Texts]
    said: Mapped[Bags]

    filing: Mapped[Filing] = relationship(back_populates="checked")


class PlantedFiling(Model):
    """A filing that a supervisor knows to be bad and planted in the queue: what is wrong with it, in words and codes.

    It never takes effect. That it is planted stands here alone, so that no reviewer's page can tell.
    """

    __tablename__ = "planted_filing"

    id: Mapped[Id]
    filing_id: Mapped[int] = mapped_column(sa.ForeignKey("filing.id"), unique=True)
    by: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[Moment]
    flaw: Mapped[str] = mapped_column(sa.Text)
    reasons: Mapped[Texts]


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
