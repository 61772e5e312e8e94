"""Gateways, where permits work, and their filings at other carriers"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "activation",
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "active",
                "failed",
                "withdrawn",
                name="activation_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("permit", sa.Text(collation="C"), nullable=False),
        sa.Column("place", sa.Text(collation="C"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation")),
    )
    op.create_index(
        "ix_activation_key", "activation", ["key"], unique=True, postgresql_where=sa.text("replaced_at IS NULL")
    )
    op.create_index("ix_activation_permit", "activation", ["permit"], unique=False)
    op.create_index(
        "ix_activation_state",
        "activation",
        ["state", "key"],
        unique=False,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "carrier_filing",
        sa.Column(
            "state",
            sa.Enum(
                "not_filed",
                "filing",
                "failed",
                "filed_to_verify",
                "lapsed",
                "success",
                name="carrier_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("permit", sa.Text(collation="C"), nullable=False),
        sa.Column("place", sa.Text(collation="C"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_filing")),
    )
    op.create_index(
        "ix_carrier_filing_key",
        "carrier_filing",
        ["key"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index("ix_carrier_filing_permit", "carrier_filing", ["permit"], unique=False)
    op.create_index(
        "ix_carrier_filing_state",
        "carrier_filing",
        ["state", "key"],
        unique=False,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "gateway",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway")),
        sa.UniqueConstraint("key", name=op.f("uq_gateway_key")),
    )


def downgrade() -> None:
    op.drop_table("gateway")
    op.drop_index(
        "ix_carrier_filing_state", table_name="carrier_filing", postgresql_where=sa.text("replaced_at IS NULL")
    )
    op.drop_index("ix_carrier_filing_permit", table_name="carrier_filing")
    op.drop_index(
        "ix_carrier_filing_key", table_name="carrier_filing", postgresql_where=sa.text("replaced_at IS NULL")
    )
    op.drop_table("carrier_filing")
    op.drop_index("ix_activation_state", table_name="activation", postgresql_where=sa.text("replaced_at IS NULL"))
    op.drop_index("ix_activation_permit", table_name="activation")
    op.drop_index("ix_activation_key", table_name="activation", postgresql_where=sa.text("replaced_at IS NULL"))
    op.drop_table("activation")
