"""Bringing a database to the present form: Alembic's migrations, then the job queue's own tables."""

import flask_migrate
import sqlalchemy as sa
from flask import current_app

from registry.store.database import db


class UnfitDatabase(Exception):  # noqa: N818 - it says what the database is
    """The database cannot hold the registry; the message says why and what to do."""


def upgrade() -> None:
    """Run what is not yet run.

    Raises UnfitDatabase where the server's locale does not know Chinese letters.
    """
    flask_migrate.upgrade()
    current_app.extensions["registry-install-queue"](current_app.config["SQLALCHEMY_DATABASE_URI"])
    if not db.session.scalar(sa.text("SELECT cardinality(show_trgm('京东'))")):
        raise UnfitDatabase("pg_trgm sees no Chinese here: make the database with the locale C.UTF-8")
    db.session.rollback()
