"""Changes of contact say what is new: a telephone sealed and masked, the rest as it is"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    for name in ("value", "sealed"):
        op.add_column("contact_change", sa.Column(name, sa.Text(), server_default="", nullable=False))
        op.alter_column("contact_change", name, server_default=None)


def downgrade() -> None:
    for name in ("sealed", "value"):
        op.drop_column("contact_change", name)
