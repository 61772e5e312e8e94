"""The command line `sms-registry`: the same services as every other door, whether the service runs or not."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError

from registry.kernel.errors import Problem
from registry.settings import Settings, SettingsError, from_environment
from registry.store.embedded import EmbeddedPostgresError

NOT_OURS = ("db", "openapi")  # what libraries add: `database upgrade` and `docs write` stand for them


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
            _run(settings)
    except (SettingsError, EmbeddedPostgresError) as error:
        _say(str(error), 2)
    except Problem as problem:
        _say(" ".join(part for part in (problem.detail, problem.fix) if part), 1)
    except OperationalError as error:
        _say(f"The database does not answer; nothing was changed. {str(error.orig).splitlines()[0]}", 1)


def _run(settings: Settings) -> None:
    from registry.app import create_app

    app = create_app(settings)
    for name in NOT_OURS:
        app.cli.commands.pop(name, None)
    app.cli.main(prog_name="sms-registry", obj=ScriptInfo(create_app=lambda: app, set_debug_flag=False))


def _say(text: str, code: int) -> None:
    click.echo(text, err=True)
    sys.exit(code)
