"""Quarters whose list of codes was handed in, and changes of contact"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "code_report",
        sa.Column("quarter", sa.Text(collation="C"), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_code_report")),
    )
    op.create_table(
        "contact_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("enterprise", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "handler",
                "legal_representative",
                "address",
                "telephone",
                "email",
                name="contact_part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "expected",
                "reported",
                "accepted",
                "refused",
                "dropped",
                name="contact_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise"], ["enterprise.code"], name=op.f("fk_contact_change_enterprise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_change")),
        sa.UniqueConstraint("key", name=op.f("uq_contact_change_key")),
    )
    op.create_index(
        "ix_contact_change_due",
        "contact_change",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("state = 'expected'"),
    )
    op.create_index("ix_contact_change_enterprise", "contact_change", ["enterprise", "key"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_contact_change_enterprise", table_name="contact_change")
    op.drop_index("ix_contact_change_due", table_name="contact_change", postgresql_where=sa.text("state = 'expected'"))
    op.drop_table("contact_change")
    op.drop_table("code_report")
