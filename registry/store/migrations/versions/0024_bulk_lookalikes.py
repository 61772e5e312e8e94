"""How many signatures of a file wait for their lookalikes to be looked for"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("bulk_file", sa.Column("unsearched", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("bulk_file", "unsearched")
