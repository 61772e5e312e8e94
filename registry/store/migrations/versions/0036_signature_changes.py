"""Changes of registered signatures as a kind of filing"""

from alembic import op

revision = "0036"
down_revision = "0035"

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
    "port_change",
    "withdrawal",
)


def upgrade() -> None:
    _allow((*BEFORE[:-1], "signature_change", BEFORE[-1]))


def downgrade() -> None:
    of_it = "filing_id IN (SELECT id FROM filing WHERE kind = 'signature_change')"
    for table in ("filing_checked", "filing_decision"):
        op.execute(f"DELETE FROM {table} WHERE {of_it}")
    op.execute("DELETE FROM filing WHERE kind = 'signature_change'")
    op.execute("DELETE FROM bulk_file WHERE kind = 'signature_change'")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    for table, column, name in PLACES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({listed})")
