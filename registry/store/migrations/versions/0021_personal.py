"""Handlers, erasures, papers that serve again"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "handler",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("enterprise", sa.Text(collation="C"), nullable=False),
        sa.Column("brought_by", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("id_hash", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handler")),
        sa.UniqueConstraint("key", name=op.f("uq_handler_key")),
    )
    op.create_index("ix_handler_enterprise", "handler", ["enterprise", "key"], unique=False)
    op.create_index(op.f("ix_handler_id_hash"), "handler", ["id_hash"], unique=False)
    op.create_index(op.f("ix_handler_phone_hash"), "handler", ["phone_hash"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "paper",
                "handler",
                "owner_address",
                "messages",
                name="erasable",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.Text(collation="C"), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("key", name=op.f("uq_erasure_key")),
        sa.UniqueConstraint("what", "subject", name=op.f("uq_erasure_what_subject")),
    )
    op.create_index("ix_erasure_enterprise", "erasure", ["enterprise", "key"], unique=False)
    op.execute(
        "CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.add_column("paper", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint("uq_paper_enterprise_sha256_kind", "paper", type_="unique")
    op.create_index(
        "uq_paper_kept",
        "paper",
        ["enterprise", "sha256", "kind"],
        unique=True,
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.add_column("filing", sa.Column("relied_on", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.alter_column("filing", "relied_on", server_default=None)
    op.create_index("ix_filing_papers", "filing", ["papers"], postgresql_using="gin")
    op.create_index("ix_filing_relied_on", "filing", ["relied_on"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_filing_relied_on", table_name="filing")
    op.drop_index("ix_filing_papers", table_name="filing")
    op.drop_column("filing", "relied_on")
    op.drop_index("uq_paper_kept", table_name="paper")
    op.create_unique_constraint("uq_paper_enterprise_sha256_kind", "paper", ["enterprise", "sha256", "kind"])
    op.drop_column("paper", "erased_at")
    op.drop_table("erasure")
    op.drop_table("handler")
