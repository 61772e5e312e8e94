"""Ports of one fixed signature"""

from alembic import op

revision = "0016"
down_revision = "0015"


def _holding(*kinds: str) -> None:
    op.drop_constraint(op.f("ck_port_signing"), "port")
    op.create_check_constraint(op.f("ck_port_signing"), "port", f"signing IN {kinds}")


def upgrade() -> None:
    _holding("single", "fixed", "shared")


def downgrade() -> None:
    op.execute("UPDATE port SET signing = 'single' WHERE signing = 'fixed'")
    _holding("single", "shared")
