"""Life after approval: what was told of ends, what was seen in use, what lapses"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "daily_work",
        sa.Column("name", sa.Text(collation="C"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "day", name=op.f("pk_daily_work")),
    )
    op.create_table(
        "expiry_told",
        sa.Column(
            "what",
            sa.Enum(
                "permit",
                "letter",
                "signature",
                "delegation",
                "port",
                "paper",
                "licence",
                name="expiring",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("enterprise", sa.Text(collation="C"), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what", "key", "ends_on", "days_before", "enterprise", name=op.f("pk_expiry_told")),
    )
    op.create_table(
        "permit_lapse",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("permit", sa.Text(collation="C"), nullable=False),
        sa.Column("enterprise", sa.Text(collation="C"), nullable=False),
        sa.Column("idle_since", sa.Date(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "warned",
                "lapsed",
                "used",
                "spared",
                "over",
                name="lapse_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_lapse")),
        sa.UniqueConstraint("key", name=op.f("uq_permit_lapse_key")),
        sa.UniqueConstraint("permit", "idle_since", name=op.f("uq_permit_lapse_permit_idle_since")),
    )
    op.create_index(
        "ix_permit_lapse_due", "permit_lapse", ["lapses_on"], unique=False, postgresql_where=sa.text("state = 'warned'")
    )
    op.create_table(
        "usage_seen",
        sa.Column("folded", sa.Text(collation="C"), nullable=False),
        sa.Column("port", sa.Text(collation="C"), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("folded", "port", name=op.f("pk_usage_seen")),
    )
    op.create_table(
        "usage_seen_file",
        sa.Column("fact_file", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("fact_file", name=op.f("pk_usage_seen_file")),
    )


def downgrade() -> None:
    op.drop_table("usage_seen_file")
    op.drop_table("usage_seen")
    op.drop_index("ix_permit_lapse_due", table_name="permit_lapse", postgresql_where=sa.text("state = 'warned'"))
    op.drop_table("permit_lapse")
    op.drop_table("expiry_told")
    op.drop_table("daily_work")
