"""Notices: what was told to whom, how it went, where webhooks go"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.Text(collation="C"), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(collation="C"), nullable=False),
        sa.Column("subject_kind", sa.Text(collation="C"), nullable=False),
        sa.Column("subject", sa.Text(collation="C"), nullable=False),
        sa.Column("sentence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("once", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
        sa.UniqueConstraint("once", name=op.f("uq_notice_once")),
    )
    op.create_index("ix_notice_recipient", "notice", ["recipient", "key"], unique=False)
    op.create_index("ix_notice_subject", "notice", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "notice_no_mail",
        sa.Column("email", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_notice_no_mail")),
    )
    op.create_table(
        "notice_delivery",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("mail", "webhook", name="notice_channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("target", sa.Text(collation="C"), nullable=False),
        sa.Column("enterprise", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "delivered",
                "given_up",
                name="delivery_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_delivery_key")),
        sa.UniqueConstraint("notice_id", "channel", "target", name=op.f("uq_notice_delivery_notice_id_channel_target")),
    )
    op.create_index(
        "ix_notice_delivery_due",
        "notice_delivery",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_notice_delivery_enterprise", "notice_delivery", ["enterprise", "key"], unique=False)
    op.create_index("ix_notice_delivery_target", "notice_delivery", ["target", "key"], unique=False)
    op.create_table(
        "notice_reading",
        sa.Column("notice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.Text(collation="C"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_reading_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "reader", name=op.f("pk_notice_reading")),
    )
    op.create_table(
        "notice_unspread",
        sa.Column("notice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_unspread_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_unspread")),
    )
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("enterprise", sa.Text(collation="C"), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("old_secret", sa.Text(), nullable=False),
        sa.Column("old_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprise.code"], name=op.f("fk_webhook_endpoint_enterprise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
        sa.UniqueConstraint("key", name=op.f("uq_webhook_endpoint_key")),
    )
    op.create_index("ix_webhook_endpoint_enterprise", "webhook_endpoint", ["enterprise", "key"], unique=False)
    op.create_table(
        "notice_attempt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["notice_delivery.id"], name=op.f("fk_notice_attempt_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_attempt")),
    )
    op.create_index(op.f("ix_notice_attempt_delivery_id"), "notice_attempt", ["delivery_id"], unique=False)
    op.execute(
        "CREATE TRIGGER notice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notice "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_attempt_delivery_id"), table_name="notice_attempt")
    op.drop_table("notice_attempt")
    op.drop_index("ix_webhook_endpoint_enterprise", table_name="webhook_endpoint")
    op.drop_table("webhook_endpoint")
    op.drop_table("notice_unspread")
    op.drop_table("notice_reading")
    op.drop_index("ix_notice_delivery_target", table_name="notice_delivery")
    op.drop_index("ix_notice_delivery_enterprise", table_name="notice_delivery")
    op.drop_index("ix_notice_delivery_due", table_name="notice_delivery", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_table("notice_delivery")
    op.drop_table("notice_no_mail")
    op.drop_index("ix_notice_subject", table_name="notice")
    op.drop_index("ix_notice_recipient", table_name="notice")
    op.drop_table("notice")
