"""Complaints are answered: when, by whom, in which words"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    for name in ("answer", "answered_by"):
        op.add_column("complaint", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_index("ix_complaint_open", "complaint", ["received_at"], postgresql_where=sa.text("answered_at IS NULL"))


def downgrade() -> None:
    op.drop_index("ix_complaint_open", "complaint")
    for name in ("answered_by", "answer", "answered_at"):
        op.drop_column("complaint", name)
