"""Batches have versions; one that was killed while it was decided goes on"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("decision_batch", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.execute("UPDATE decision_batch SET decided_at = NULL WHERE decided = '{}' AND left_out = '[]'")


def downgrade() -> None:
    op.drop_column("decision_batch", "version")
