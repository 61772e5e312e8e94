"""`sms-registry filing …`"""

import datetime as dt
import getpass
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import Progress

from registry.filings import needs_two, queries, service
from registry.filings.bulk import service as bulk
from registry.filings.bulk.model import BulkState
from registry.filings.bulk.sheets import form_of
from registry.filings.effect import Flow
from registry.filings.kinds import Kind, Priority
from registry.filings.model import Filing
from registry.filings.reasons import BY_CODE
from registry.filings.service import looking
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor, ActorKind
from registry.kernel.errors import Problem
from registry.kernel.paging import MOST, PageRequest
from registry.kernel.printing import FORMATS, printed

group = AppGroup("filing", help="Requests to change the registry.")
_FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
_REASONS = click.option("--reason", "codes", multiple=True, required=True, type=click.Choice(list(BY_CODE)))


Found = TypeVar("Found")


class Refused(click.ClickException):
    """A problem as the command line tells it."""

    exit_code = 2

    def __init__(self, problem: Problem) -> None:
        fields = "".join(f"\n  {each.field}: {each.message}. {each.fix}" for each in problem.fields)
        super().__init__(f"{problem.detail}. {problem.fix}".rstrip(" .") + fields)


@group.command("list")
@click.option("--state", type=click.Choice([str(state) for state in State]), default=None)
@click.option("--late", is_flag=True, help="Only those whose promised day is over.")
@click.option("--limit", type=click.IntRange(1, MOST), default=100, show_default=True)
@_FORMAT
def list_filings(*, state: str | None, late: bool, limit: int, form: str) -> None:
    """Filings, oldest first."""
    page = queries.listed(SYSTEM, PageRequest(limit=limit), state=state or "", late=late)
    click.echo(printed([_line(filing) for filing in page.items], form))


@group.command("queue")
@click.option("--late", is_flag=True, help="Only those whose promised day is over.")
@click.option("--priority", type=click.Choice([str(each) for each in Priority]), default=None)
@click.option("--office", default="", help="Only what this province's office works.")
@click.option("--limit", type=click.IntRange(1, MOST), default=100, show_default=True)
@_FORMAT
def queue(*, late: bool, priority: str | None, office: str, limit: int, form: str) -> None:
    """What waits for a reviewer, in the order in which it is worked; exit code 1 where any of it is late."""
    page = queries.queue(SYSTEM, PageRequest(limit=limit), late=late, priority=priority or "", office=office)
    lines = [_line(filing) | _waiting(filing) for filing in page.items]
    click.echo(printed(lines, form))
    if any(line["late"] for line in lines):
        sys.exit(1)


@group.command("look-outside")
@click.argument("key")
def look_outside(key: str) -> None:
    """Ask the connectors to sources outside about a filing, now, and run its checks again."""
    click.echo(f"asked {_tried(lambda: looking.work(SYSTEM, key, anew=True))}")


@group.command("effect")
@click.argument("key")
@_FORMAT
def effect(key: str, form: str) -> None:
    """What of the last days' messages would be allowed and what stopped, if a filing were approved."""
    found = _tried(lambda: queries.effect(SYSTEM, key))
    click.echo(printed([_flow(each) for each in found.flows], form))
    span = f"{found.from_day} to {found.to_day}, {found.days} days with usage"
    click.echo(f"{span}: {found.newly_allowed} newly allowed, {found.newly_stopped} newly stopped", err=True)


@group.command("reviewers")
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="Of how many days.")
@_FORMAT
def reviewers(days: int, form: str) -> None:
    """How well each reviewer decides: planted filings caught and missed, rejections overturned, time it takes."""
    until = clock.now()
    rows = queries.figures(until - dt.timedelta(days=days), until)
    click.echo(printed([asdict(row) for row in rows], form))


@group.command("draw")
@click.argument("key")
def draw(key: str) -> None:
    """Draw anew for a renewal, and say whether it is what stands with it; exit code 1 where it is not."""
    filing = _tried(lambda: queries.find(SYSTEM, key))
    number = service.drawn(filing)
    click.echo(f"{filing.key} draws {number}; {filing.sample_draw} stands with it")
    if filing.sample_draw != number:
        sys.exit(1)


@group.command("conditions")
@_FORMAT
def conditions(form: str) -> None:
    """Who needs a second reviewer: the table of conditions as it counts today."""
    rows = needs_two.table(clock.today())
    click.echo(printed([row | {"sentence": row["sentence"].en} for row in rows], form))


@group.command("show")
@click.argument("key")
@_FORMAT
def show(key: str, form: str) -> None:
    """One filing: what it asks for, and what the checks said."""
    filing = _tried(lambda: queries.find(SYSTEM, key))
    lines = [_line(filing) | {"content": filing.content}]
    click.echo(printed(lines, "json" if form == "table" else form))
    checks = [
        {"check": row.code, "verdict": row.verdict.value, "reason": row.reason["en"], "fix": row.fix["en"]}
        for row in filing.results
    ]
    click.echo(printed(checks, form))


@group.command("approve")
@click.argument("key")
@click.option("--comment", default="")
def approve(key: str, comment: str) -> None:
    """Approve a filing; the second of two reviewers is another person."""
    _tried(lambda: _claimed(key))
    filing = _tried(lambda: service.approve(_person(), key, comment=comment))
    click.echo(f"{filing.key} {filing.state}")


@group.command("return")
@click.argument("key")
@_REASONS
@click.option("--comment", default="")
def send_back(key: str, codes: tuple[str, ...], comment: str) -> None:
    """Send a filing back to be mended."""
    _refuse(service.send_back, key, codes, comment)


@group.command("reject")
@click.argument("key")
@_REASONS
@click.option("--comment", default="")
def reject(key: str, codes: tuple[str, ...], comment: str) -> None:
    """Reject a filing for good."""
    _refuse(service.reject, key, codes, comment)


@group.command("bulk")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), required=True)
@click.option("--applicant", required=True, help="the enterprise that files it")
@click.option("--whole", is_flag=True, help="all rows or none")
@click.option("--result", type=click.Path(dir_okay=False, path_type=Path), help="where the file with its results goes")
@_FORMAT
def bulk_filing(file: Path, kind: str, applicant: str, result: Path | None, form: str, *, whole: bool) -> None:
    """File the rows of a CSV, XLSX or NDJSON file. Exit code 1 where a row was refused."""
    person = _person()
    try:
        taken = bulk.keep(person, Kind(kind), file, file.name, applicant=applicant, whole=whole)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(file.name, total=taken.rows)
            done = bulk.work(person, taken.key, lambda rows, _of: bar.update(task, completed=rows))
        if result:
            bulk.write_result(person, done.key, result)
    except Problem as problem:
        raise Refused(problem) from problem
    counts = {name: getattr(done, name) for name in ("rows", "filed", "repeated", "refused")}
    click.echo(printed([{"file": done.key, "state": done.state.value} | counts], form))
    sys.exit(0 if not done.refused and done.state is BulkState.DONE else 1)


@group.command("template")
@click.argument("kind", type=click.Choice([str(kind) for kind in Kind]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template(kind: str, file: Path) -> None:
    """Write an empty file of a kind: .csv, .xlsx or .ndjson by its name."""
    try:
        bulk.write_template(Kind(kind), file, form_of(file.name))
    except Problem as problem:
        raise Refused(problem) from problem


def _refuse(action: Callable[..., Filing], key: str, codes: tuple[str, ...], comment: str) -> None:
    _tried(lambda: _claimed(key))
    reasons = [{"code": code, "field": "", "comment": ""} for code in codes]
    filing = _tried(lambda: action(_person(), key, reasons=reasons, comment=comment))
    click.echo(f"{filing.key} {filing.state}")


def _flow(flow: Flow) -> dict[str, Any]:
    allowed = {"": "allowed"}
    before, after = allowed.get(flow.before, flow.before), allowed.get(flow.after, flow.after)
    return {"as_things_stand": before, "if_approved": after, "messages": flow.messages}


def _waiting(filing: Filing) -> dict[str, Any]:
    late = filing.due_at is not None and filing.due_at < clock.now()
    return {"risk": filing.risk, "urges": filing.urges, "office": filing.office, "late": late}


def _person() -> Actor:
    """Whoever sits at the carrier's machine: four eyes are kept by the name of the log-in there."""
    return Actor(f"cli:{getpass.getuser()}", ActorKind.STAFF, SYSTEM.permissions)


def _claimed(key: str) -> Filing:
    filing = queries.find(SYSTEM, key)
    return service.claim(_person(), key) if filing.state is State.SUBMITTED else filing


def _tried(action: Callable[[], Found]) -> Found:
    try:
        return action()
    except Problem as problem:
        raise Refused(problem) from problem


def _line(filing: Filing) -> dict[str, Any]:
    return {
        "filing": filing.key,
        "kind": filing.kind.value,
        "applicant": filing.applicant,
        "state": filing.state.value,
        "priority": filing.priority.value,
        "submitted_at": filing.submitted_at,
        "due_at": filing.due_at,
        "claimed_by": filing.claimed_by,
    }
