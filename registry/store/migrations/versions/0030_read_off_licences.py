"""Whose a licence is, as it stands on it"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

COLUMNS = ("name_on_it", "code_on_it", "read_by_staff")


def upgrade() -> None:
    op.add_column("paper", sa.Column("name_on_it", sa.Text(), server_default="", nullable=False))
    op.add_column("paper", sa.Column("code_on_it", sa.Text(), server_default="", nullable=False))
    op.add_column("paper", sa.Column("read_by_staff", sa.Boolean(), server_default=sa.false(), nullable=False))
    for column in COLUMNS:
        op.alter_column("paper", column, server_default=None)


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("paper", column)
