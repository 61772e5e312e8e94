"""Sources of signatures that are accepted no more, as old registries hold them"""

from alembic import op

revision = "0031"
down_revision = "0030"

BEFORE = ("company_name", "short_name", "trademark", "government", "app")
ADDED = ("official_account", "mini_program", "website", "shop")


def upgrade() -> None:
    _allow((*BEFORE, *ADDED))


def downgrade() -> None:
    listed = ", ".join(f"'{source}'" for source in ADDED)
    op.execute(f"UPDATE signature SET source = 'app' WHERE source IN ({listed})")
    _allow(BEFORE)


def _allow(sources: tuple[str, ...]) -> None:
    name, listed = op.f("ck_signature_signature_source"), ", ".join(f"'{source}'" for source in sources)
    op.drop_constraint(name, "signature", type_="check")
    op.create_check_constraint(name, "signature", f"source IN ({listed})")
