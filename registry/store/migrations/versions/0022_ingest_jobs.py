"""Ingest as jobs, versions of days, and the engine of a run"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "ingest_job",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("path", sa.Text(collation="C"), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("default_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "refused",
                "failed",
                name="ingest_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", postgresql.JSONB(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest_job")),
        sa.UniqueConstraint("key", name=op.f("uq_ingest_job_key")),
    )
    op.create_index(op.f("ix_ingest_job_path"), "ingest_job", ["path"], unique=False)
    op.create_index(op.f("ix_ingest_job_state"), "ingest_job", ["state"], unique=False)
    op.create_table(
        "traffic_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_traffic_day")),
    )
    op.execute(
        "INSERT INTO traffic_day (day, version) SELECT day, count(*) FROM fact_file "
        "WHERE kind = 'base' AND day IS NOT NULL GROUP BY day"
    )
    op.add_column("detection_run", sa.Column("engine", sa.Text(), nullable=False, server_default=""))
    op.alter_column("detection_run", "engine", server_default=None)


def downgrade() -> None:
    op.drop_column("detection_run", "engine")
    op.drop_table("traffic_day")
    op.drop_table("ingest_job")
