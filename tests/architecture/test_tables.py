"""Models and migrations say the same, and the database holds what both say."""

import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from registry.app import MIGRATIONS
from registry.store.database import Base

APPEND_ONLY = {"audit_event", "change", "notice", "lookup", "erasure"}
CONSTRAINTS = """
    SELECT c.conrelid::regclass::text AS place, c.conname AS name, pg_get_constraintdef(c.oid) AS says
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE n.nspname = :schema AND c.contype <> 'n' AND c.conrelid::regclass::text NOT LIKE '%procrastinate\\_%'
      AND c.conrelid::regclass::text NOT LIKE '%alembic%' AND c.conrelid <> 0
"""
INDEXES = """
    SELECT tablename AS place, indexname AS name, indexdef AS says FROM pg_indexes
    WHERE schemaname = :schema AND tablename NOT LIKE 'procrastinate\\_%' AND tablename NOT LIKE 'alembic%'
"""
COLUMNS = """
    SELECT table_name AS place, column_name AS name,
           concat_ws(' ', data_type, udt_name, is_nullable, collation_name, is_identity) AS says
    FROM information_schema.columns
    WHERE table_schema = :schema AND table_name NOT LIKE 'procrastinate\\_%' AND table_name NOT LIKE 'alembic%'
"""


@pytest.fixture
def tables(app):
    """The connection of a migrated database, which is rolled back."""
    from registry.store import db

    return db.session.connection()


@pytest.fixture
def as_models(tables):
    """A second schema beside it, made from the models alone."""
    tables.execute(sa.text("CREATE SCHEMA as_models"))
    Base.metadata.create_all(tables.execution_options(schema_translate_map={None: "as_models"}))
    tables.execution_options(schema_translate_map=None)
    return "as_models"


def _held(connection, what, schema):
    rows = connection.execute(sa.text(what), {"schema": schema})
    return {(_plain(row.place), row.name): _plain(row.says) for row in rows}


def _plain(text: str) -> str:
    return re.sub(r'"?(as_models|public)"?\.', "", text)


@pytest.mark.parametrize("what", [CONSTRAINTS, INDEXES, COLUMNS], ids=["constraints", "indexes", "columns"])
def test_migrations_make_what_the_models_say(tables, as_models, what):
    assert _held(tables, what, "public") == _held(tables, what, as_models)


def test_alembic_finds_nothing_left_to_migrate(tables):
    context = MigrationContext.configure(tables, opts={"compare_type": True, "include_object": _ours})
    assert compare_metadata(context, Base.metadata) == []


def _ours(_object, name, kind, *_rest) -> bool:
    return not (kind == "table" and name.startswith("procrastinate_"))


def test_every_table_has_a_primary_key():
    assert [name for name, table in Base.metadata.tables.items() if not table.primary_key.columns] == []


def test_what_may_not_overlap_is_excluded_by_the_database(tables):
    names = sa.text("SELECT conname FROM pg_constraint WHERE contype = 'x'")
    declared = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if type(constraint).__name__ == "ExcludeConstraint"
    }
    assert set(tables.scalars(names)) == declared
    dated = {name for name, table in Base.metadata.tables.items() if "superseded_at" in table.c}
    assert {f"ex_{name}_one_at_a_time" for name in dated} <= declared


def test_what_is_append_only_refuses_every_change(tables):
    found = sa.text(
        "SELECT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE p.proname = 'refuse_change' AND t.tgenabled = 'O'"
    )
    assert set(tables.scalars(found)) >= APPEND_ONLY


def test_every_moment_knows_its_zone(tables):
    naive = sa.text(
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type = 'timestamp without time zone' AND table_name NOT LIKE 'procrastinate%'"
    )
    assert list(tables.scalars(naive)) == []


def test_migrations_are_numbered_in_one_line():
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    scripts = ScriptDirectory.from_config(config)
    numbers = sorted(script.revision for script in scripts.walk_revisions())
    assert scripts.get_heads() == [numbers[-1]]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert all(
        re.fullmatch(rf"{each.revision}_[a-z0-9_]+\.py", each.path.split("/")[-1]) for each in scripts.walk_revisions()
    )
