"""Changes of registered ports as a kind of filing"""

from alembic import op

revision = "0034"
down_revision = "0033"

PLACES = (("filing", "kind", "filing_kind"), ("entry_check", "entry_kind", "entry_kind"), ("bulk_file", "kind", "bulk_kind"))
BEFORE = (
    "enterprise",
    "port",
    "delegation",
    "signature",
    "letter",
    "permit",
    "template",
    "beneficiaries",
    "scope_change",
    "temporary_permit",
    "renewal",
    "succession",
    "enterprise_change",
    "withdrawal",
)


def upgrade() -> None:
    _allow((*BEFORE[:-1], "port_change", BEFORE[-1]))


def downgrade() -> None:
    of_it = "filing_id IN (SELECT id FROM filing WHERE kind = 'port_change')"
    for table in ("filing_checked", "filing_decision"):
        op.execute(f"DELETE FROM {table} WHERE {of_it}")
    op.execute("DELETE FROM filing WHERE kind = 'port_change'")
    op.execute("DELETE FROM bulk_file WHERE kind = 'port_change'")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    for table, column, name in PLACES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")
