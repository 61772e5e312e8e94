"""`sms-registry detection …`, `finding …`"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from flask.cli import AppGroup
from rich.console import Console

from registry.detection import export, judged, queries, service, windows
from registry.detection.judged import Window
from registry.detection.model import DetectionRun, RunState
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import printed
from registry.settings import ENGINES

DAY = click.DateTime(["%Y-%m-%d"])
FORMAT = click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")

Answer = TypeVar("Answer")
ENGINE = click.option("--engine", "on", type=click.Choice(ENGINES), help="else as REGISTRY_ENGINE says")
group = AppGroup("detection", help="Apply the rules to usage facts.")
findings = AppGroup("finding", help="What the rules found.")
groups = (group, findings)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


@group.command("run")
@click.option("--from", "first", type=DAY, help="first day")
@click.option("--to", "last", type=DAY, help="last day, included")
@click.option("--changed", is_flag=True, help="instead: the windows for which something was counted since")
@click.option("--as-job", is_flag=True, help="leave it to the worker, month by month side by side")
@click.option("--rule", "rules", multiple=True, help="only this rule; may be given again")
@ENGINE
@FORMAT
def run(
    first: dt.datetime | None,
    last: dt.datetime | None,
    rules: tuple[str, ...],
    on: str | None,
    form: str,
    *,
    changed: bool,
    as_job: bool,
) -> None:
    """Apply the rules to these days. Exit code 1 where a rule failed: nothing it covers may be called clean."""
    spans = _spans(_day(first), _day(last), changed=changed, as_job=as_job)
    if as_job:
        if rules:
            raise click.UsageError("the worker applies all rules: leave --rule out")
        for key in _asked(lambda: windows.order(SYSTEM, spans, on=on or "")):
            click.echo(key)
        return
    rows = [_ran(*span, rules, on, form) for span in spans]
    if not rows:
        click.echo("nothing was counted since the last runs")
    sys.exit(0 if all(row.state is RunState.COMPLETE for row in rows) else 1)


def _spans(first: dt.date | None, last: dt.date | None, *, changed: bool, as_job: bool) -> list[Window]:
    if changed == (first is not None or last is not None) or (first is None) != (last is None):
        raise click.UsageError("give --from and --to, or --changed")
    if first is None or last is None:
        return list(judged.changed())
    return judged.by_month(first, last) if as_job else [(first, last)]


def _asked(question: Callable[[], Answer]) -> Answer:
    try:
        return question()
    except Problem as problem:
        raise click.UsageError(f"{problem.detail} {problem.fix}") from problem


def _ran(first: dt.date, last: dt.date, rules: tuple[str, ...], on: str | None, form: str) -> DetectionRun:
    with Console(stderr=True).status("applying rules") as status:

        def tell(code: str, _done: int, _of: int) -> None:
            status.update(f"applying {code}")

        row = _asked(lambda: service.run(SYSTEM, first, last, rules, tell, on=on or ""))
    _show_run(row, form)
    return row


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
