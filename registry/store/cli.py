"""`sms-registry database …`"""

import click
from flask.cli import AppGroup

from registry.store import upgrade as upgrading

group = AppGroup("database", help="The registry's PostgreSQL.")


@group.command("upgrade")
def upgrade() -> None:
    """Bring the database to the form that this version needs."""
    try:
        upgrading.upgrade()
    except upgrading.UnfitDatabase as error:
        raise click.ClickException(str(error)) from error
