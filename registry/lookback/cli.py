"""`sms-registry lookback …`"""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import Progress

from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Problem
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import FORMATS, printed
from registry.lookback import queries, report, service
from registry.lookback.kinds import Cohort, RunState, Subject
from registry.lookback.model import Plan, Run
from registry.lookback.values import PlanValues

group = AppGroup("lookback", help="Re-verify what was approved, on a schedule.")
plan_group = AppGroup("plan", help="What is looked back at, and how often.")
group.add_command(plan_group)
FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
DAY = click.DateTime(["%Y-%m-%d"])
_WRONG_USE = 2


@contextmanager
def _told() -> Iterator[None]:
    """Problems as the command line tells them: 1 where another process is at it, 2 for wrong use."""
    try:
        yield
    except Problem as problem:
        fields = "".join(f"\n  {each.field}: {each.message}. {each.fix}" for each in problem.fields)
        click.echo(f"{problem.detail}. {problem.fix}".rstrip(" .") + fields, err=True)
        sys.exit(1 if isinstance(problem, Conflict) else _WRONG_USE)


@contextmanager
def _watched() -> Iterator[Any]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking back", total=None)
        yield lambda what, done, of: bar.update(task, description=what[:40], completed=done, total=of)


@plan_group.command("add")
@click.argument("name")
@click.option(
    "--cohort", type=click.Choice([each.value for each in Cohort]), required=True, help="What the cohort is taken from."
)
@click.option("--value", default="", help="Prefix, enterprise, source, date, standing, or a rule's code.")
@click.option(
    "--subject",
    "subjects",
    type=click.Choice([each.value for each in Subject]),
    multiple=True,
    help="Only entries of a kind; without it ports, delegations, signatures and permits.",
)
@click.option("--sample", type=int, help="So many at random instead of all.")
@click.option("--seed", type=int, help="Draw the same sample every time.")
@click.option("--every", default="", help="How often, like 7d or 12m; without it only when asked.")
@click.option("--answer-days", type=int, help="Working days that a holder has to answer.")
@click.option("--days", type=int, default=30, show_default=True, help="Days of facts to judge; 0 for none.")
@click.option("--findings", is_flag=True, help="Write the detection rules' findings as well.")
@FORMAT
def add(form: str, **said: Any) -> None:
    """Make a plan called NAME."""
    with _told():
        row = service.add_plan(SYSTEM, PlanValues(**said))
    click.echo(printed([_plan(row)], form))


@plan_group.command("list")
@FORMAT
def list_plans(form: str) -> None:
    """Every plan."""
    page = queries.plans(SYSTEM, PageRequest("", MOST))
    rows = list(page.items)
    while page.after:
        page = queries.plans(SYSTEM, PageRequest(page.after, MOST))
        rows += page.items
    click.echo(printed([_plan(row) for row in rows], form))


@plan_group.command("show")
@click.argument("plan")
@FORMAT
def show(plan: str, form: str) -> None:
    """One PLAN (its key or name) and its last runs."""
    with _told():
        row = queries.plan(SYSTEM, plan)
    click.echo(printed([_plan(row)], form))
    if form == "table":
        click.echo(printed([_run(each) for each in queries.latest_runs(SYSTEM, plan=row.key)], form))


@group.command("run")
@click.argument("plan", required=False)
@click.option("--due", is_flag=True, help="Every plan that is due, and every run that was broken off.")
@click.option("--to", "to_day", type=DAY, help="The last day whose facts are judged; yesterday where not said.")
@FORMAT
def run(plan: str | None, to_day: dt.datetime | None, form: str, *, due: bool) -> None:
    """Run PLAN (its key or name), or all that is due.

    Ends with 0 when everything could be checked, with 1 when something could not, or when another process looks back.
    """
    if due == bool(plan):
        raise click.UsageError("name a plan, or say --due")
    with _told(), _watched() as watch:
        day = to_day.date() if to_day else None
        done = (
            service.run_due(SYSTEM, watch)
            if plan is None
            else [service.run_plan(SYSTEM, plan, to_day=day, watch=watch)]
        )
    click.echo(printed([_run(each) for each in done], form) or "no plan is due")
    sys.exit(0 if all(each.state is RunState.COMPLETE for each in done) else 1)


def _carried_out(plan: str | None, day: dt.date | None, watch: Any) -> list[Run]:
    if plan is None:
        return service.run_due(SYSTEM, watch)
    return [service.run_plan(SYSTEM, plan, to_day=day, watch=watch)]


@group.command("status")
@click.argument("run", required=False)
@FORMAT
def status(run: str | None, form: str) -> None:
    """How RUN stands, or the last ten runs."""
    with _told():
        rows = [queries.run(SYSTEM, run)] if run else queries.latest_runs(SYSTEM)
    click.echo(printed([_run(each) for each in rows], form))


@group.command("report")
@click.argument("run")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(list(report.MEDIA_TYPES)), help="Else by the name of FILE.")
@click.option("--language", type=click.Choice(["zh_CN", "en"]), default="zh_CN", show_default=True)
def write_report(run: str, file: Path, form: str | None, language: str) -> None:
    """Write the report of RUN into FILE."""
    form = form or file.suffix.removeprefix(".").lower()
    if form not in report.MEDIA_TYPES:
        raise click.UsageError("say --format csv or --format html")
    with _told():
        row = queries.run(SYSTEM, run)
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            out.writelines(report.written(row, form, language))
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error


def _plan(row: Plan) -> dict[str, Any]:
    names = ("key", "name", "cohort", "value", "subjects", "sample", "every", "days", "active", "due_on")
    return {name: getattr(row, name) for name in names}


def _run(row: Run) -> dict[str, Any]:
    days = f"{row.from_day}..{row.to_day}" if row.from_day else ""
    return {"run": row.key, "plan": row.plan_name, "state": row.state.value, "days": days, **queries.totals(row)}
