"""Files of facts that were put together: which one took their place, since when, and when they were removed"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("fact_file", sa.Column("of_files", sa.BigInteger(), server_default="0", nullable=False))
    op.alter_column("fact_file", "of_files", server_default=None)
    op.add_column("fact_file", sa.Column("replaced_by", sa.BigInteger(), nullable=True))
    op.add_column("fact_file", sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fact_file", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_fact_file_replaced_by"), "fact_file", ["replaced_by"])
    op.create_check_constraint(
        op.f("ck_fact_file_replaced"),
        "fact_file",
        "(replaced_by IS NULL) = (replaced_at IS NULL) AND (removed_at IS NULL OR replaced_at IS NOT NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_fact_file_replaced"), "fact_file")
    op.drop_index(op.f("ix_fact_file_replaced_by"), "fact_file")
    for name in ("removed_at", "replaced_at", "replaced_by", "of_files"):
        op.drop_column("fact_file", name)
