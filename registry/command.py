"""The command line `sms-registry`: the same services as every other door, whether the service runs or not."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import FlaskGroup

from registry.settings import Settings, SettingsError, from_environment
from registry.store.embedded import EmbeddedPostgresError


@contextmanager
def settings_here() -> Iterator[Settings]:
    """The settings as the service has them; a PostgreSQL of our own where no `DATABASE_URL` is given."""
    from registry.local import local_environment

    with local_environment():
        yield from_environment()


def main() -> None:
    """Run one command; exit code 0 done, 1 found problems or partial, 2 wrong use."""
    try:
        with settings_here() as settings:
            _group(settings)()
    except (SettingsError, EmbeddedPostgresError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _group(settings: Settings) -> FlaskGroup:
    from registry.app import create_app

    return FlaskGroup(name="sms-registry", create_app=lambda: create_app(settings), add_default_commands=False)
