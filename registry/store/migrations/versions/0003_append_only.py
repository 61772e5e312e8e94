"""The audit trail and the change feed are append-only, and each has its head"""

from alembic import op

revision = "0003"
down_revision = "0002"

APPEND_ONLY = ("audit_event", "change")


def upgrade() -> None:
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(f"INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '{'0' * 64}')")
    op.execute("INSERT INTO change_head (id, position) VALUES (1, 0)")


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
