"""The scope that stood before one that counts since its handing in"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("filing", sa.Column("replaced", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("filing", "replaced")
