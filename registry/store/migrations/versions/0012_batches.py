"""Batches of decisions, with the sample that was opened"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "decision_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("members", postgresql.JSONB(), nullable=False),
        sa.Column("sample", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("opened", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("decided", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("left_out", postgresql.JSONB(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_batch")),
        sa.UniqueConstraint("key", name=op.f("uq_decision_batch_key")),
    )


def downgrade() -> None:
    op.drop_table("decision_batch")
