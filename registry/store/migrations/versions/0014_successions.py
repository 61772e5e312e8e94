"""Find the successions of an enterprise"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_index(
        "ix_filing_succession",
        "filing",
        [sa.text("(content ->> 'from_enterprise')")],
        postgresql_where=sa.text("kind = 'succession'"),
    )


def downgrade() -> None:
    op.drop_index("ix_filing_succession", "filing")
