"""Runs of the rules, findings with their evidence by day, what was done about them, and cases."""

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.detection.kinds import CaseKind, CaseState
from registry.detection.verdicts import Verdict
from registry.detection.workflow import LEFT_OUT, FindingState
from registry.kernel.rule import Severity
from registry.store import Model
from registry.store.columns import Bags, Id, Key, Moment, StepColumns, Texts, choice


class RunState(StrEnum):
    """incomplete: a rule failed, so nothing that it covers may be called clean."""

    RUNNING = "running"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    FAILED = "failed"


class DetectionRun(Model):
    """One application of the rules to a span of days.

    `outcomes`: what each rule counted; `engine`: empty for the usual one.
    """

    __tablename__ = "detection_run"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    from_day: Mapped[dt.date]
    to_day: Mapped[dt.date]
    state: Mapped[RunState] = mapped_column(choice(RunState, "run_state"))
    asked_by: Mapped[str] = mapped_column(sa.Text)
    started_at: Mapped[Moment]
    ended_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    facts: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    messages: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    outcomes: Mapped[Bags]
    error: Mapped[str] = mapped_column(sa.Text, default="")
    engine: Mapped[str] = mapped_column(sa.Text, default="")


class JudgedDay(Model):
    """The last run of all rules that judged a day: within which span, and what had been counted on the day by then.

    `history`: what had been counted on the days before the span with which it was compared.
    """

    __tablename__ = "judged_day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(sa.BigInteger)
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    history: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    run: Mapped[Key]


class Case(Model):
    """The findings that are one story. `terms`: what its score is the sum of."""

    __tablename__ = "detection_case"
    __table_args__ = (
        sa.Index("ix_detection_case_queue", "state", "key"),
        sa.Index("ix_detection_case_score", "score", "key"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    kind: Mapped[CaseKind] = mapped_column(choice(CaseKind, "case_kind"), index=True)
    enterprise: Mapped[str] = mapped_column(sa.Text, index=True)
    ports: Mapped[Texts]
    signatures: Mapped[Texts]
    score: Mapped[int]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date] = mapped_column(index=True)
    messages: Mapped[int] = mapped_column(sa.BigInteger)
    state: Mapped[CaseState] = mapped_column(choice(CaseState, "case_state"), default=CaseState.OPEN)
    terms: Mapped[Bags]
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict, "case_verdict"))
    worked_by: Mapped[str] = mapped_column(sa.Text, default="")
    follows: Mapped[str] = mapped_column(sa.Text, default="")
    merged_into: Mapped[str] = mapped_column(sa.Text, default="")
    opened_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    findings: Mapped[list["Finding"]] = relationship(back_populates="case_row", order_by="Finding.key")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def told(self) -> list["Finding"]:
        """The findings that tell the story: neither withdrawn nor merged into others."""
        return [each for each in self.findings if each.state not in LEFT_OUT]


class RuleWeight(Model):
    """How many points a rule adds to a case, where staff chose others than the usual ones."""

    __tablename__ = "rule_weight"
    __table_args__ = (sa.CheckConstraint("points BETWEEN 0 AND 100", name="points"),)

    rule: Mapped[Key] = mapped_column(primary_key=True)
    points: Mapped[int]
    changed_by: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)


class Finding(Model):
    """What a rule found about one subject: a second run adds evidence to it instead of a twin.

    `held`: staff put it into its case, and no run takes it out again.
    """

    __tablename__ = "finding"
    __table_args__ = (
        sa.UniqueConstraint("rule", "subject", "generation"),
        sa.Index("ix_finding_queue", "state", "key"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    rule: Mapped[str] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.Text)
    generation: Mapped[int] = mapped_column(default=1)
    follows: Mapped[str] = mapped_column(sa.Text, default="")
    severity: Mapped[Severity] = mapped_column(choice(Severity, "severity"))
    state: Mapped[FindingState] = mapped_column(choice(FindingState, "finding_state"))
    kind: Mapped[CaseKind] = mapped_column(choice(CaseKind, "finding_kind"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("detection_case.id"), index=True)
    held: Mapped[bool] = mapped_column(default=False)
    port: Mapped[Key] = mapped_column(index=True)
    signature: Mapped[str] = mapped_column(sa.Text)
    enterprise: Mapped[str] = mapped_column(sa.Text, index=True)
    tenant: Mapped[str] = mapped_column(sa.Text, index=True)
    category: Mapped[int] = mapped_column(sa.BigInteger)
    affiliated: Mapped[bool]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date] = mapped_column(index=True)
    messages: Mapped[int] = mapped_column(sa.BigInteger)
    summary_zh: Mapped[str] = mapped_column(sa.Text)
    summary_en: Mapped[str] = mapped_column(sa.Text)
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict, "verdict"))
    due_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    merged_into: Mapped[str] = mapped_column(sa.Text, default="")
    opened_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    case_row: Mapped[Case | None] = relationship(back_populates="findings")
    evidence: Mapped[list["Evidence"]] = relationship(order_by="Evidence.day", cascade="all, delete-orphan")
    steps: Mapped[list["FindingStep"]] = relationship(order_by="FindingStep.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def case(self) -> str:
        """The key of the case that it belongs to, empty for none."""
        return self.case_row.key if self.case_row else ""


class Evidence(Model):
    """What was seen on one day: replaced by a later run over that day, never summed."""

    __tablename__ = "finding_evidence"
    __table_args__ = (sa.UniqueConstraint("finding_id", "day"),)

    id: Mapped[Id]
    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id", ondelete="CASCADE"))
    day: Mapped[dt.date]
    messages: Mapped[int] = mapped_column(sa.BigInteger)
    run: Mapped[str] = mapped_column(sa.Text)
    rows: Mapped[list[dict[str, object]]] = mapped_column(JSONB)


class FindingStep(StepColumns, Model):
    """Something done about a finding: who, what, why; an answer's text and papers."""

    __tablename__ = "finding_step"

    finding_id: Mapped[int] = mapped_column(sa.ForeignKey("finding.id"), index=True)
