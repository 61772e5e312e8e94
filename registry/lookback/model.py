"""Plans, runs with what they froze, items with what was found and done about each."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.kernel.standing import Standing
from registry.lookback.kinds import Cohort, ItemState, RunState, Subject
from registry.store import Model
from registry.store.columns import Bag, Bags, Id, Key, Moment, StepColumns, Texts, choice

Later = sa.DateTime(timezone=True)


class Plan(Model):
    """What is looked back at, how often; the fields are those of `values.PlanValues`. `due_on`: when it runs next."""

    __tablename__ = "lookback_plan"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(sa.Text, unique=True)
    cohort: Mapped[Cohort] = mapped_column(choice(Cohort, "lookback_cohort"))
    value: Mapped[str] = mapped_column(sa.Text)
    subjects: Mapped[Texts]
    sample: Mapped[int | None]
    seed: Mapped[int | None]
    every: Mapped[str] = mapped_column(sa.Text)
    answer_days: Mapped[int | None]
    days: Mapped[int]
    findings: Mapped[bool]
    active: Mapped[bool] = mapped_column(default=True)
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it


class Run(Model):
    """One carrying out of a plan. What it judges by is frozen with its cohort: clock, rules, checks, facts.

    `rules`: code, parameters and digest of each rule and check; `facts`: path, hash, kind, day and messages of each
    file; `counts`: what each rule counted; `lacking`: days of the period without any facts.
    """

    __tablename__ = "lookback_run"
    __table_args__ = (
        sa.Index("ix_lookback_run_one_open", "plan_id", unique=True, postgresql_where=sa.text("ended_at IS NULL")),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("lookback_plan.id"), index=True)
    state: Mapped[RunState] = mapped_column(choice(RunState, "lookback_run_state"))
    asked_by: Mapped[str] = mapped_column(sa.Text)
    ordered_at: Mapped[Moment]
    clock: Mapped[dt.datetime | None] = mapped_column(Later)
    to_day: Mapped[dt.date | None]
    from_day: Mapped[dt.date | None]
    seed: Mapped[int | None]
    population: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    rules: Mapped[Bags]
    facts: Mapped[Bags]
    lacking: Mapped[Texts]
    judged_at: Mapped[dt.datetime | None] = mapped_column(Later)
    counts: Mapped[Bags]
    ended_at: Mapped[dt.datetime | None] = mapped_column(Later)
    plan_row: Mapped[Plan] = relationship(lazy="joined")

    @property
    def plan(self) -> str:
        """The key of its plan."""
        return self.plan_row.key

    @property
    def plan_name(self) -> str:
        """The name of its plan."""
        return self.plan_row.name


class Item(Model):
    """One entry of the registry in one run: what it was when the cohort was frozen, what came of it.

    `port` is written as the entry writes it, empty for a signature; `enterprise` answers for it. `seen`: what the
    records show of it. `findings`: keys of findings on the same thing.
    """

    __tablename__ = "lookback_item"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "subject_kind", "subject"),
        sa.Index("ix_lookback_item_state", "run_id", "state", "key"),
        sa.Index("ix_lookback_item_due", "state", "due_at"),
        sa.Index("ix_lookback_item_subject", "subject_kind", "subject"),
        sa.Index("ix_lookback_item_enterprise", "enterprise", "key"),
    )

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("lookback_run.id"))
    subject_kind: Mapped[Subject] = mapped_column(choice(Subject, "lookback_subject"))
    subject: Mapped[Key] = mapped_column()
    label: Mapped[str] = mapped_column(sa.Text)
    port: Mapped[Key] = mapped_column(index=True)
    signature: Mapped[str] = mapped_column(sa.Text)
    enterprise: Mapped[Key] = mapped_column(sa.ForeignKey("enterprise.code"))
    standing: Mapped[Standing] = mapped_column(choice(Standing, "standing"))
    state: Mapped[ItemState] = mapped_column(choice(ItemState, "lookback_item_state"))
    reasons: Mapped[Bags]
    seen: Mapped[Bag]
    findings: Mapped[Texts]
    concluded_at: Mapped[dt.datetime | None] = mapped_column(Later)
    due_at: Mapped[dt.datetime | None] = mapped_column(Later)
    overdue_at: Mapped[dt.datetime | None] = mapped_column(Later)
    reminders: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[dt.datetime | None] = mapped_column(Later)
    judged_by: Mapped[str] = mapped_column(sa.Text, default="")
    excepted_until: Mapped[dt.datetime | None] = mapped_column(Later)
    measure: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    run_row: Mapped[Run] = relationship(lazy="joined")
    steps: Mapped[list["Step"]] = relationship(order_by="Step.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it

    @property
    def run(self) -> str:
        """The key of its run."""
        return self.run_row.key

    @property
    def upon(self) -> tuple[str, str]:
        """Kind and key of what a measure is taken upon: the entry; of a letter, the enterprise that uses it."""
        if self.subject_kind is Subject.LETTER:
            return "enterprise", self.enterprise
        return self.subject_kind.value, self.subject

    @property
    def overdue(self) -> bool:
        """Whether its holder has let the day for an answer go by."""
        return self.overdue_at is not None and self.state in (ItemState.NEEDS_ANSWER, ItemState.UNREACHABLE)


class Step(StepColumns, Model):
    """Something done about an item: who, what, why; an answer's papers."""

    __tablename__ = "lookback_step"

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("lookback_item.id"), index=True)
