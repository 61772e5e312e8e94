"""What had been counted on a day when all rules last judged it"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "judged_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("run", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_judged_day")),
    )


def downgrade() -> None:
    op.drop_table("judged_day")
