"""A judged day says what was known of the days before its window"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("judged_day", sa.Column("history", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("judged_day", "history")
