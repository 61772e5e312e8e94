"""Files of many filings, and what became of each row"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KINDS = (
    "enterprise",
    "port",
    "delegation",
    "signature",
    "letter",
    "permit",
    "template",
    "beneficiaries",
    "scope_change",
    "temporary_permit",
    "renewal",
    "succession",
    "withdrawal",
)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "bulk_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("applicant", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", _choice("bulk_kind", *KINDS), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("state", _choice("bulk_state", "ordered", "running", "done", "undone", "refused"), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("filed", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["applicant"], ["enterprise.code"], name=op.f("fk_bulk_file_applicant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_file")),
        sa.UniqueConstraint("key", name=op.f("uq_bulk_file_key")),
    )
    op.create_index("ix_bulk_file_applicant", "bulk_file", ["applicant", "key"], unique=False)
    op.create_table(
        "bulk_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("bulk_id", sa.BigInteger(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Text(), nullable=False),
        sa.Column("state", _choice("bulk_row_state", "filed", "repeated", "refused", "left_out"), nullable=False),
        sa.Column("filing", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bulk_id"], ["bulk_file.id"], name=op.f("fk_bulk_row_bulk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_row")),
        sa.UniqueConstraint("bulk_id", "row", name=op.f("uq_bulk_row_bulk_id_row")),
    )


def downgrade() -> None:
    op.drop_table("bulk_row")
    op.drop_table("bulk_file")
