"""Letters, templates and enterprises are looked back at too"""

from alembic import op

revision = "0029"
down_revision = "0028"

BEFORE = ("port", "delegation", "signature", "permit")


def upgrade() -> None:
    _allow((*BEFORE, "letter", "template", "enterprise"))


def downgrade() -> None:
    op.execute(
        "DELETE FROM lookback_step WHERE item_id IN "
        "(SELECT id FROM lookback_item WHERE subject_kind IN ('letter', 'template', 'enterprise'))"
    )
    op.execute("DELETE FROM lookback_item WHERE subject_kind IN ('letter', 'template', 'enterprise')")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    name, listed = op.f("ck_lookback_item_lookback_subject"), ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(name, "lookback_item", type_="check")
    op.create_check_constraint(name, "lookback_item", f"subject_kind IN ({listed})")
