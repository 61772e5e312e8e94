"""Kinds of filing that start from an entry which stands"""

from alembic import op

revision = "0008"
down_revision = "0007"

FIRST = ("enterprise", "port", "delegation", "signature", "letter", "permit", "withdrawal")
ADDED = ("template", "beneficiaries", "scope_change", "temporary_permit", "renewal", "succession")
NOW = (*FIRST[:6], *ADDED, "withdrawal")
PLACES = (("filing", "kind", "filing_kind"), ("entry_check", "entry_kind", "entry_kind"))


def upgrade() -> None:
    _allow(NOW)


def downgrade() -> None:
    op.execute("DELETE FROM filing_check WHERE filing_id IN (SELECT id FROM filing WHERE kind = ANY(%s))" % _array(ADDED))
    op.execute("DELETE FROM filing_decision WHERE filing_id IN (SELECT id FROM filing WHERE kind = ANY(%s))" % _array(ADDED))
    op.execute("DELETE FROM filing WHERE kind = ANY(%s)" % _array(ADDED))
    _allow(FIRST)


def _allow(kinds: tuple[str, ...]) -> None:
    for table, column, name in PLACES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        listed = ", ".join(f"'{kind}'" for kind in kinds)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")


def _array(kinds: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join(f"'{kind}'" for kind in kinds) + "]"
