"""`sms-registry case …`"""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from registry.cases import queries
from registry.cases.pack import checking, making
from registry.detection import export
from registry.detection.cli import FORMAT, show
from registry.detection.kinds import CaseState
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.kernel.paging import MOST, PageRequest

group = AppGroup("case", help="Findings that are one story.")
_STATE = click.Choice([state.value for state in CaseState])  # of members it would take the names
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@group.command("list")
@click.option(
    "--state",
    type=click.Choice([state.value for state in CaseState]),
    default=None,
    help="without it: all that tell a story",
)
@click.option("--after", default="", help="go on after this place")
@click.option("--limit", type=click.IntRange(1, MOST), default=MOST)
@FORMAT
def list_cases(state: str | None, after: str, limit: int, form: str) -> None:
    """List cases, the highest scores first."""
    page = queries.cases(PageRequest(after, limit), order="score", state=state or "")
    columns = ("case", "kind", "score", "ports", "enterprise", "first_day", "last_day", "messages")
    show(columns, [export.case_row(each) for each in page.items], form, f"more after {page.after}" * bool(page.after))


@group.command("export")
@click.argument("file", type=_FILE)
def export_cases(file: Path) -> None:
    """Write all cases that tell a story to a CSV file, the highest scores first."""
    rows = (export.case_row(each) for each in queries.every_case())
    click.echo(f"{export.save(file, export.CASE_COLUMNS, rows)} rows in {file}")


@group.command("pack")
@click.argument("case")
@click.argument("file", type=_FILE)
def pack(case: str, file: Path) -> None:
    """Write the evidence pack of a case to a ZIP file; that it was made is on record."""
    try:
        made = making.make(SYSTEM, case)
    except Problem as problem:
        raise click.UsageError(f"{problem.detail} {problem.fix}") from problem
    draft = file.with_name(f".{file.name}.part")
    draft.write_bytes(made.content)
    draft.replace(file)
    click.echo(f"{made.sha256}  {file}")


@group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Verify an evidence pack, and that this registry signed it. Exit code 1 where something does not fit."""
    found = list(checking.faults(file))
    click.echo("\n".join(found) or "whole")
    sys.exit(bool(found))
