"""The queue of filings, windows to mend and to appeal, planted filings, deputies"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
STATES = ("draft", "proposed", "submitted", "in_review", "awaiting_second", "approved", "returned", "rejected", "withdrawn")
STAGES = ("acceptance", "first", "second")


def _of_filings() -> list[sa.Column[Any]]:
    return [
        sa.Column("office", sa.Text(), nullable=False, server_default=""),
        sa.Column("risk", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("queue_at", MOMENT, nullable=True),
        sa.Column("urges", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("urged_at", MOMENT, nullable=True),
        sa.Column("mend_by", MOMENT, nullable=True),
        sa.Column("appeal_by", MOMENT, nullable=True),
        sa.Column("appealed_at", MOMENT, nullable=True),
        sa.Column("barred", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("sample_draw", sa.SmallInteger(), nullable=True),
        sa.Column("unsampled", sa.Boolean(), nullable=False, server_default="false"),
        sa.Column("claimed_at", MOMENT, nullable=True),
    ]


def _of_decisions() -> list[sa.Column[Any]]:
    return [
        sa.Column("on_behalf", sa.Text(), nullable=False, server_default=""),
        sa.Column("taken_at", MOMENT, nullable=True),
    ]


def upgrade() -> None:
    for table, columns in (("filing", _of_filings()), ("filing_decision", _of_decisions())):
        for column in columns:
            op.add_column(table, column)
            if column.server_default is not None:
                op.alter_column(table, column.name, server_default=None)
    op.execute("UPDATE filing SET queue_at = submitted_at")
    _choices((*STATES, "closed"), (*STAGES, "appeal"))
    op.create_table(
        "planted_filing",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("filing_id", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("flaw", sa.Text(), nullable=False),
        sa.Column("reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filing.id"], name=op.f("fk_planted_filing_filing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planted_filing")),
        sa.UniqueConstraint("filing_id", name=op.f("uq_planted_filing_filing_id")),
    )
    op.create_table(
        "deputy",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("absent", sa.Text(collation="C"), nullable=False),
        sa.Column("deputy", sa.Text(collation="C"), nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("valid_from < valid_until", name=op.f("ck_deputy_period")),
        sa.CheckConstraint("absent <> deputy", name=op.f("ck_deputy_two_people")),
        sa.ForeignKeyConstraint(["absent"], ["account.email"], name=op.f("fk_deputy_absent")),
        sa.ForeignKeyConstraint(["deputy"], ["account.email"], name=op.f("fk_deputy_deputy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
        sa.UniqueConstraint("key", name=op.f("uq_deputy_key")),
    )
    for column in ("absent", "deputy"):
        op.create_index(op.f(f"ix_deputy_{column}"), "deputy", [column], unique=False)


def _choices(states: tuple[str, ...], stages: tuple[str, ...]) -> None:
    lists = (("filing", "state", "filing_state", states), ("filing_decision", "stage", "decision_stage", stages))
    for table, column, name, values in lists:
        listed = ", ".join(f"'{value}'" for value in values)
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")


def downgrade() -> None:
    op.drop_table("deputy")
    op.drop_table("planted_filing")
    _choices(STATES, STAGES)
    for table, columns in (("filing", _of_filings()), ("filing_decision", _of_decisions())):
        for column in columns:
            op.drop_column(table, column.name)
