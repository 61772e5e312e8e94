"""`sms-registry report …`: the quarter's list of opened codes, the dossier of a permit."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.reports import codes as code_list
from registry.reports import dossier as dossiers
from registry.reports import quarter as quarters
from registry.reports import service

group = AppGroup("report", help="What leaves the registry on paper.")
FILE = click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))


@group.command("codes")
@click.option("--quarter", help="Like 2026Q3; the last one that is over where not said.")
@FILE
def codes(quarter: str | None, file: Path) -> None:
    """Write all opened codes, with the quarter's additions and ends, into FILE (.csv or .xlsx)."""
    form = file.suffix.removeprefix(".").lower()
    if form not in code_list.FORMS:
        raise click.UsageError("FILE ends in .csv or .xlsx")
    try:
        chosen = service.parsed(quarter or str(quarters.of_day(clock.today()).before))
        with Console(stderr=True).status("writing codes"), file.open("wb") as target:
            count = code_list.write(chosen, form, target)
    except Problem as problem:
        raise click.UsageError(f"{problem.detail}. {problem.fix}".rstrip(" .")) from problem
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error
    click.echo(f"{count} codes of {chosen} in {file}")


@group.command("dossier")
@click.argument("permit")
@FILE
def dossier(permit: str, file: Path) -> None:
    """Write everything on file about PERMIT into FILE (.json or .zip)."""
    form = file.suffix.removeprefix(".").lower()
    if form not in ("json", "zip"):
        raise click.UsageError("FILE ends in .json or .zip")
    try:
        found = dossiers.gather(SYSTEM, permit)
        body = dossiers.as_zip(found) if form == "zip" else json.dumps(found, ensure_ascii=False, indent=1).encode()
        file.write_bytes(body)
    except Problem as problem:
        raise click.UsageError(f"{problem.detail}. {problem.fix}".rstrip(" .")) from problem
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error
    click.echo(f"{file}")
