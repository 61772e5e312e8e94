"""`sms-registry worker`: background jobs until it is told to stop."""

import click
from flask import current_app
from flask.cli import with_appcontext

from registry.jobs.queue import work


@click.command("worker")
@with_appcontext
def group() -> None:
    """Run background jobs until told to stop."""
    work(current_app.config["SQLALCHEMY_DATABASE_URI"])
