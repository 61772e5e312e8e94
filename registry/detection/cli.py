"""`sms-registry detection …`, `finding …`"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console

from registry.detection import export, queries, service
from registry.detection.model import DetectionRun, RunState
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import printed
from registry.settings import ENGINES

DAY = click.DateTime(["%Y-%m-%d"])
FORMAT = click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")

ENGINE = click.option("--engine", "on", type=click.Choice(ENGINES), help="else as REGISTRY_ENGINE says")
group = AppGroup("detection", help="Apply the rules to usage facts.")
findings = AppGroup("finding", help="What the rules found.")
groups = (group, findings)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


@group.command("run")
@click.option("--from", "first", type=DAY, required=True, help="first day")
@click.option("--to", "last", type=DAY, required=True, help="last day, included")
@click.option("--rule", "rules", multiple=True, help="only this rule; may be given again")
@ENGINE
@FORMAT
def run(first: dt.datetime, last: dt.datetime, rules: tuple[str, ...], on: str | None, form: str) -> None:
    """Apply the rules to these days. Exit code 1 where a rule failed: nothing it covers may be called clean."""
    with Console(stderr=True).status("applying rules") as status:
        try:
            row = service.run(
                SYSTEM,
                first.date(),
                last.date(),
                rules,
                lambda code, _done, _of: status.update(f"applying {code}"),
                on=on or "",
            )
        except Problem as problem:
            raise click.UsageError(f"{problem.detail} {problem.fix}") from problem
    _show_run(row, form)
    sys.exit(0 if row.state is RunState.COMPLETE else 1)


def _show_run(row: DetectionRun, form: str) -> None:
    if form == "json":
        summary = {"run": row.key, "state": row.state.value, "facts": row.facts, "messages": row.messages}
        click.echo(json.dumps(summary | {"outcomes": row.outcomes}, ensure_ascii=False, indent=2))
        return
    columns = ("rule", "applied", "hit", "clear", "not judged", "failed")
    rows = [{**each, "not judged": sum(one["messages"] for one in each["not_judged"])} for each in row.outcomes]
    show(columns, rows, form, f"{row.key}: {row.state.value}, {row.messages} messages in {row.facts} facts")


def show(columns: tuple[str, ...], rows: list[dict[str, Any]], form: str, title: str = "") -> None:
    """Print rows as a table, JSON or CSV."""
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        export.write(sys.stdout, columns, ({name: row[name] for name in columns} for row in rows))
    else:
        click.echo(
            "\n".join(filter(None, (title, printed([{name: row[name] for name in columns} for row in rows], form))))
        )


@findings.command("list")
@click.option("--state", default="")
@click.option("--rule", default="")
@click.option("--port", default="")
@click.option("--after", default="", help="go on after this finding")
@click.option("--limit", type=click.IntRange(1, MOST), default=50)
@FORMAT
def list_findings(state: str, rule: str, port: str, after: str, limit: int, form: str) -> None:
    """List findings, oldest first."""
    page = queries.findings(SYSTEM, PageRequest(after, limit), state=state, rule=rule, port=port)
    columns = ("finding", "rule", "severity", "state", "port", "signature", "tenant", "messages", "summary")
    show(columns, [export.finding_row(each) for each in page.items], form)


@findings.command("export")
@click.option("--from", "first", type=DAY, default=None)
@click.option("--to", "last", type=DAY, default=None)
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export_findings(first: dt.datetime | None, last: dt.datetime | None, file: Path) -> None:
    """Write findings seen in these days to a CSV file."""
    rows = (export.finding_row(each) for each in queries.every_finding(_day(first), _day(last)))
    click.echo(f"{export.save(file, export.FINDING_COLUMNS, rows)} rows in {file}")
