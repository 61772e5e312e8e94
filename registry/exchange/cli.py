"""`sms-registry bundle …`"""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from registry.exchange.handing_over import export_bundle
from registry.exchange.service import Result, import_bundle
from registry.exchange.staging import Watch
from registry.filings.queries import checks_counted
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.kernel.printing import FORMATS, printed

group = AppGroup("bundle", help="Bring an existing registry in; hand one over.")
_FOLDER = click.Path(path_type=Path)
_FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
_WRONG_USE = 2


def _moment(_context: click.Context, _option: click.Parameter, text: str | None) -> dt.datetime | None:
    try:
        return clock.parse_moment(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@group.command("import")
@click.argument("folder", type=_FOLDER)
@click.option("--report", "report_to", type=_FOLDER, help="Write a result for every row into this CSV file.")
@click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
@_FORMAT
def import_(folder: Path, report_to: Path | None, form: str, *, dry_run: bool) -> None:
    """Check the tables in FOLDER, then keep all of them, or nothing.

    Ends with 0 when all rows can stay, with 1 when some can't (nothing is kept then), with 2 for wrong use.
    """
    with _problems_told(), _progress() as watch:
        result = import_bundle(SYSTEM, folder, report_to=report_to, dry_run=dry_run, watch=watch)
    _tell(result, form)
    sys.exit(1 if result.refused else 0)


@group.command("export")
@click.argument("folder", type=_FOLDER)
@click.option("--as-of", callback=_moment, help="Only what was in force at this time.")
@_FORMAT
def export(folder: Path, as_of: dt.datetime | None, form: str) -> None:
    """Write the registry into FOLDER, which must be new or empty."""
    with _problems_told(), _progress() as watch:
        watch("writing", 0)
        counts = export_bundle(SYSTEM, folder, as_of=as_of)
    click.echo(printed([{"file": name, "rows": rows} for name, rows in counts.items()], form))


@group.command("checks")
@_FORMAT
def checks(form: str) -> None:
    """What the filing checks say of entries that came in by bundles, counted; the worker runs them."""
    click.echo(printed(checks_counted(), form))


def _tell(result: Result, form: str) -> None:
    for name in result.unknown_files:
        click.echo(f"{name}: no table of a bundle, ignored", err=True)
    for file in result.files:
        for column in file.unknown_columns:
            click.echo(f"{file.file}: unknown column {column!r}, ignored", err=True)
        for each in file.objections:
            click.echo(_objection(each), err=True)
    rows = [{"file": each.file, "rows": each.rows, "refused": each.refused, "kept": each.kept} for each in result.files]
    click.echo(printed(rows, form))
    click.echo(_outcome(result), err=True)


def _objection(each: dict[str, Any]) -> str:
    place = f"{each['file']} row {each['row']}" if each["row"] else each["file"]
    said = f"{each['field']}: {each['message']}" if each["field"] else each["message"]
    return f"{place}: {'' if each['refuses'] else '(note) '}{said}. {each['fix']}".rstrip(" .")


def _outcome(result: Result) -> str:
    if result.refused:
        return f"Nothing was kept: {result.refused} rows or files can't stay as they are."
    return "Everything can be kept; this was a dry run." if result.dry_run else "Everything was kept."


@contextmanager
def _problems_told() -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        click.echo(f"{problem.detail}. {problem.fix}".rstrip(" ."), err=True)
        sys.exit(_WRONG_USE)


@contextmanager
def _progress() -> Iterator[Watch]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def watch(what: str, rows: int) -> None:
            progress.update(task, description=f"{what} {rows or ''}")

        yield watch
