"""Inquiries of owners about letters, and one-time codes to answer them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("letter", sa.Text(collation="C"), nullable=True),
        sa.Column("filing", sa.Text(collation="C"), nullable=True),
        sa.Column("owner", sa.Text(collation="C"), nullable=False),
        sa.Column("applicant", sa.Text(collation="C"), nullable=False),
        sa.Column("signatures", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "not_asked",
                "asked",
                "confirmed",
                "denied",
                "revoked",
                "expired",
                name="inquiry_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["applicant"], ["enterprise.code"], name=op.f("fk_inquiry_applicant")),
        sa.ForeignKeyConstraint(["owner"], ["enterprise.code"], name=op.f("fk_inquiry_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("key", name=op.f("uq_inquiry_key")),
        sa.UniqueConstraint("letter", name=op.f("uq_inquiry_letter")),
    )
    op.create_index(op.f("ix_inquiry_address_hash"), "inquiry", ["address_hash"], unique=False)
    op.create_index("ix_inquiry_applicant", "inquiry", ["applicant", "key"], unique=False)
    op.create_index(
        "ix_inquiry_due", "inquiry", ["expires_at"], unique=False, postgresql_where=sa.text("state = 'asked'")
    )
    op.create_index(op.f("ix_inquiry_filing"), "inquiry", ["filing"], unique=False)
    op.create_index("ix_inquiry_owner", "inquiry", ["owner", "key"], unique=False)
    op.create_table(
        "owner_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("code_hash", sa.Text(collation="C"), nullable=False),
        sa.Column("owner", sa.Text(collation="C"), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner"], ["enterprise.code"], name=op.f("fk_owner_code_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_owner_code_code_hash")),
        sa.UniqueConstraint("key", name=op.f("uq_owner_code_key")),
    )
    op.create_index(op.f("ix_owner_code_address_hash"), "owner_code", ["address_hash"], unique=False)
    op.create_index(op.f("ix_owner_code_owner"), "owner_code", ["owner"], unique=False)


def downgrade() -> None:
    op.drop_table("owner_code")
    op.drop_table("inquiry")
