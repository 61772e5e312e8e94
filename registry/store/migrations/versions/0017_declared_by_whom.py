"""Find the permits that declare a domain or a number"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_SECOND = (
    "com|net|org|gov|edu|ac|mil|bj|sh|tj|cq|he|sx|nm|ln|jl|hl|js|zj|ah|fj|jx|sd|ha|hb|hn|gd|gx|hi|sc|gz|yn|xz|sn|gs"
    "|qh|nx|xj"
)
_REGISTRABLE = rf"(?:^|\.)([a-z0-9-]+\.(?:(?:{_SECOND})\.(?:cn|hk|tw)|[a-z]+))$"
_HOST = r"^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://)?(?:[^@/]*@)?([^/?#:]+)"

_DOMAINS = f"""
CREATE FUNCTION permit_domains(links text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT coalesce(substring(host from '{_REGISTRABLE}'), host)), ARRAY[]::text[])
    FROM (SELECT lower(substring(said from '{_HOST}')) AS host FROM unnest(links) AS said) AS hosts
    WHERE host IS NOT NULL
$$
"""
_NUMBERS = r"""
CREATE FUNCTION permit_numbers(contacts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT CASE WHEN length(digits) >= 5 THEN digits ELSE said END), ARRAY[]::text[])
    FROM (
        SELECT said, regexp_replace(regexp_replace(said, '^\s*(?:\+|00)86', ''), '[^0-9]', '', 'g') AS digits
        FROM unnest(contacts) AS said
    ) AS written
$$
"""


def upgrade() -> None:
    for function in (_DOMAINS, _NUMBERS):
        op.get_bind().exec_driver_sql(function)
    for name, column in (("domains", "links"), ("numbers", "contacts")):
        op.create_index(
            f"ix_permit_{name}",
            "permit",
            [sa.text(f"permit_{name}({column})")],
            postgresql_using="gin",
            postgresql_where=sa.text(f"superseded_at IS NULL AND {column} <> '{{}}'"),
        )


def downgrade() -> None:
    for name in ("domains", "numbers"):
        op.drop_index(f"ix_permit_{name}", "permit")
        op.execute(f"DROP FUNCTION permit_{name}(text[])")
