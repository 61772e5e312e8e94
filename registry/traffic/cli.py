"""`sms-registry traffic …`"""

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import Progress

from registry.kernel.actor import SYSTEM
from registry.kernel.clock import parse_moment
from registry.kernel.errors import Problem
from registry.kernel.paging import MOST
from registry.kernel.printing import printed
from registry.traffic import queries, service
from registry.traffic.model import IngestJob
from registry.traffic.outcome import COUNTED, Outcome

group = AppGroup("traffic", help="Gateway records: what was sent.")


class MomentType(click.ParamType[dt.datetime]):
    """A time as the formats write it."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The moment, or a sentence that says what is wrong."""
        try:
            return value if isinstance(value, dt.datetime) else parse_moment(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
FORMAT = click.Choice(["table", "json"])


@group.command("ingest")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--default-time", type=MomentType(), help="When the messages of files without submitted_at were sent.")
@click.option("--gateway", default="", help="The gateway of rows that name none.")
@click.option("--as-job", is_flag=True, help="Leave it to the worker, several files at once; see `traffic jobs`.")
@click.option("--format", "form", type=FORMAT, default="table", show_default=True)
def ingest(files: tuple[Path, ...], default_time: dt.datetime | None, gateway: str, form: str, *, as_job: bool) -> None:
    """Take in gateway records: CSV, NDJSON, Parquet, each also as .gz or .zst."""
    if as_job:
        _show_jobs(service.order(SYSTEM, files, default_time=default_time, gateway=gateway), form)
        return
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            tasks = {path.name: bar.add_task(path.name, total=None) for path in files}

            def show(name: str, done: int, rows: int) -> None:
                bar.update(tasks[name], completed=done, total=rows)

            outcomes = service.ingest(SYSTEM, files, default_time=default_time, gateway=gateway, progress=show)
    except Problem as problem:
        raise click.ClickException(f"{problem.detail}. {problem.fix}".strip()) from problem
    _show(outcomes, form)
    sys.exit(0 if all(each.is_whole for each in outcomes) else 1)


@group.command("jobs")
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
@click.option("--format", "form", type=FORMAT, default="table", show_default=True)
def jobs(limit: int, form: str) -> None:
    """How far the files are that were left to the worker, newest first."""
    _show_jobs(queries.latest_ingests(limit), form)


@group.command("compact")
@click.option("--day", type=DAY, help="Files of this day alone.")
@click.option("--before", type=DAY, help="Files of all days before this one.  [default: today]")
@click.option("--format", "form", type=FORMAT, default="table", show_default=True)
def compact(day: dt.datetime | None, before: dt.datetime | None, form: str) -> None:
    """Put the many small files of a day together; the worker does it daily."""
    if day and before:
        raise click.UsageError("name a day, or the days before one")
    try:
        with Console(stderr=True).status("") as status:
            done = service.compact(
                SYSTEM,
                day=day.date() if day else None,
                before=before.date() if before else None,
                watch=lambda at, kind: status.update(f"{at} {kind}"),
            )
    except Problem as problem:
        raise click.ClickException(f"{problem.detail}. {problem.fix}".strip()) from problem
    rows = [{"day": str(each.day), "kind": each.kind.value} | _counts(each) for each in done.merged]
    click.echo(printed(rows, form))
    for sentence in done.left:
        click.echo(f"{sentence}.", err=True)
    if done.removed:
        click.echo(f"superseded files that were removed: {done.removed}", err=True)
    sys.exit(1 if done.left else 0)


def _counts(merged: service.Merged) -> dict[str, Any]:
    return {"files": merged.files, "rows": merged.rows, "into": merged.path}


def _show_jobs(found: Sequence[IngestJob], form: str) -> None:
    rows = [
        {"job": each.key, "file": each.name, "state": each.state.value, "done": each.done, "rows": each.rows}
        | {"messages": each.outcome.get("messages", ""), "error": each.error}
        for each in found
    ]
    click.echo(printed(rows, form))


def _show(outcomes: list[Outcome], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([each.as_json() for each in outcomes], ensure_ascii=False, indent=1))
        return
    rows = [{"file": each.file} | {name: getattr(each, name) for name in COUNTED} for each in outcomes]
    click.echo(printed(rows, form))
    for each in outcomes:
        if remark := _remark(each):
            click.echo(f"{each.file}: {remark}")


def _remark(outcome: Outcome) -> str:
    if outcome.refused:
        return f"refused: {outcome.refused['detail']}. {outcome.refused['fix']}"
    remarks = ["taken in before"] if outcome.already_ingested else []
    remarks += [f"rows that were refused: {outcome.rejects}"] if outcome.rejects else []
    remarks += [f"unknown columns: {', '.join(outcome.unknown_columns)}"] if outcome.unknown_columns else []
    return "; ".join(remarks)
