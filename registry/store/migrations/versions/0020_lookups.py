"""What sources outside said"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "lookup",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "company_register",
                "trademark",
                "icp",
                "licence",
                "real_name",
                "app",
                name="lookup_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "found",
                "not_found",
                "not_reachable",
                name="lookup_answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "agrees",
                "differs",
                "not_found",
                "not_reachable",
                name="lookup_result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("claimed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("found", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("connector", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer <> 'found' OR (digest <> '' AND reference <> '')", name=op.f("ck_lookup_proof")),
        sa.CheckConstraint("digest = '' OR digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_lookup_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup")),
        sa.UniqueConstraint("key", name=op.f("uq_lookup_key")),
    )
    op.create_index("ix_lookup_digest", "lookup", ["digest"], unique=False)
    op.create_index("ix_lookup_subject", "lookup", ["kind", "subject", "at"], unique=False)
    op.execute(
        "CREATE TRIGGER lookup_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lookup "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("lookup")
