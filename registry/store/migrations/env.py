"""Runs the migrations on the application's database; the job queue's own tables stay out of sight."""

from typing import Any

from alembic import context

from registry.store import db
from registry.store.database import Base


def _ours(_object: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def _run() -> None:
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, include_object=_ours, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


_run()
