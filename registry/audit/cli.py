"""`sms-registry audit …`"""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import Progress

from registry.audit import checkpoint as checkpoints
from registry.audit import queries
from registry.kernel import clock
from registry.settings import current

group = AppGroup("audit", help="The audit trail and its proof.")
_FILE = click.Path(dir_okay=False, path_type=Path)


@group.command("verify")
@click.option("--checkpoint", "file", type=_FILE, help="A checkpoint made before: finds a tail that was cut off.")
def verify(file: Path | None) -> None:
    """Walk the whole chain; exit 1 and name the first broken link where one is."""
    seen = _read(file) if file else None
    number, _hash = queries.head()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("audit trail", total=number)
        found = queries.verify(seen, lambda done: progress.update(bar, completed=done))
    if found:
        click.echo(f"broken at event {found.number}: {found.what}")
        sys.exit(1)
    click.echo(f"whole: {number} events")


@group.command("checkpoint")
@click.argument("file", type=_FILE)
def checkpoint(file: Path) -> None:
    """Write the last link to a file, signed; keep it outside this machine."""
    number, last = queries.head()
    made = checkpoints.Checkpoint(number, last, clock.now().isoformat())
    try:
        file.write_text(made.written(current().hashing_key), encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error
    click.echo(f"event {number} {last}")


def _read(file: Path) -> tuple[int, str]:
    try:
        made = checkpoints.read(file.read_text(encoding="utf-8"), current().hashing_key)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise click.UsageError(f"{file}: {error}") from error
    return made.number, made.hash
