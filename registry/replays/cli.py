"""`sms-registry detection explain|replay`"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from registry.detection.catalogue import Rule
from registry.detection.cli import DAY, group, show
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.kernel.rule import module_in, parse_document
from registry.permits.model import Permit
from registry.replays import comparing, explaining, proposing, service
from registry.replays.explaining import Again, Explanation
from registry.replays.values import Question, permit_of

FORM = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PERMIT_COLUMNS = ("permit", "signature", "port", "owner", "user", "categories", "from", "until", "recorded")


@group.command("explain")
@click.argument("finding")
@click.option("--tables", type=click.Path(file_okay=False, path_type=Path), help="write the query and its tables here")
@FORM
def explain(finding: str, tables: Path | None, form: str) -> None:
    """Show what a finding rests on, and apply its rule again. Exit code 1 where it no longer gives the same rows."""
    with _status("applying the rule again"):
        told, again = _answered(lambda: (explaining.explain(SYSTEM, finding), explaining.again(SYSTEM, finding)))
    if form == "json":
        click.echo(json.dumps(_whole(told, again), ensure_ascii=False, indent=2, default=str))
    else:
        _tell(told, again)
    if tables:
        click.echo(f"-- {again.script.saved(tables)}", err=True)
    sys.exit(0 if again.same else 1)


def _whole(told: Explanation, again: Again) -> dict[str, Any]:
    return {
        "finding": told.key,
        "rule": told.finding.rule,
        "version": told.version,
        "same_version": told.same_version,
        "parameters": told.parameters,
        "clauses": told.clauses,
        "run": told.run.key,
        "judged_at": told.run.started_at,
        "permits": [_permit(each) for each in told.permits],
        "evidence": [{"day": each.day, "messages": each.messages, "rows": each.rows} for each in told.evidence],
        "again": again.as_json(),
    }


def _permit(row: Permit) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ("signature", "port", "owner", "user")}
    times = {"from": row.valid_from, "until": row.valid_until, "recorded": row.recorded_at}
    return {"permit": row.key, **kept, "categories": "|".join(row.categories), **times}


def _tell(told: Explanation, again: Again) -> None:
    """Everything as text that DuckDB takes: what is no SQL stands in comments."""
    rule, run = told.rule, told.run
    version = told.version or "not kept by this run"
    heads = [
        f"{told.key}: {told.finding.summary_en}",
        f"rule {rule.code}: {rule.document.title}; clause {', '.join(told.clauses)}",
        f"version {version}{'' if told.same_version else f', now {rule.version}'}",
        f"parameters {json.dumps(told.parameters) if told.parameters else 'not kept by this run'}",
        f"run {run.key}, begun {run.started_at.isoformat()}, over {run.from_day} to {run.to_day}",
    ]
    click.echo("\n".join(f"-- {line}" for line in heads))
    _comment(
        "permits of the signature for the number, as they were known then", _PERMIT_COLUMNS, map(_permit, told.permits)
    )
    rows = [{"day": day.day, **row} for day in told.evidence for row in day.rows]
    _comment("evidence", tuple(rows[0]) if rows else (), rows)
    days = [{**each, "same": "yes" if each["same"] else "NO"} for each in again.days]
    _comment("applied again", ("day", "before", "messages", "same"), days)
    written = again.script.written() if again.holds else ""
    click.echo(written or f"{again.query};")
    if not written:
        click.echo(f"-- the query reads {again.script.rows} rows: have them written with --tables FOLDER")
    click.echo(f"-- {'the same rows as the evidence' if again.same else 'NOT the rows of the evidence'}")


def _comment(title: str, columns: tuple[str, ...], rows: Any) -> None:
    click.echo(f"-- {title}:")
    for row in rows:
        click.echo("--   " + ", ".join(f"{name}={row[name]}" for name in columns if row[name] not in ("", None, [])))


@group.command("replay")
@click.option("--from", "first", type=DAY, required=True, help="first day")
@click.option("--to", "last", type=DAY, required=True, help="last day, included")
@click.option("--rule", "rules", multiple=True, help="only this rule; may be given again")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="another parameter of the one rule")
@click.option("--permit", type=_FILE, help="JSON of a permit as one is filed: what if it had been in force?")
@click.option("--filing", default="", help="the same with the permit that this filing asks for")
@click.option("--rule-file", type=_FILE, help="a rule in a Python file, instead of those of the registry")
@FORM
def replay(
    first: dt.datetime,
    last: dt.datetime,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    permit: Path | None,
    filing: str,
    rule_file: Path | None,
    form: str,
) -> None:
    """Say what would be found, and what no longer: nothing is written."""
    other = rule_in(rule_file) if rule_file else None
    parameters = dict(_setting(each) for each in settings)
    with _status("asking past facts"):
        proposed = _answered(lambda: _proposed(permit, filing))
        question = Question(first.date(), last.date(), rules, parameters, proposed)
        answer = _answered(lambda: service.replay(question, other))
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    rows = [
        {"rule": each["rule"], "what": kind, **{name: one[name] for name in _MET}, "finding": one["finding"] or "-"}
        for each in answer["rules"]
        for kind in (comparing.FOUND, comparing.GONE, comparing.BOTH)
        for one in each[kind]
    ]
    counts = answer["counts"]
    title = "; ".join(f"{kind}: {counts[kind]['subjects']} ({counts[kind]['messages']} messages)" for kind in counts)
    show(("rule", "what", *_MET, "finding"), rows, "table", title)


_MET = ("port", "signature", "tenant", "first_day", "last_day", "before", "messages")


def _proposed(permit: Path | None, filing: str) -> Any:
    if permit and filing:
        raise click.UsageError("either --permit or --filing")
    if filing:
        return proposing.permit_of_filing(SYSTEM, filing)
    return permit_of(_json(permit)) if permit else None


def _json(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{file} holds no JSON: {error}") from error
    if not isinstance(said, dict):
        raise click.UsageError(f"{file} holds no permit")
    return said


def _setting(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise click.UsageError(f"--set {text}: say NAME=VALUE")
    return name.strip(), value.strip()


def rule_in(file: Path) -> Rule:
    """The rule that a Python file holds, written as those of the registry are."""
    try:
        module = module_in(file)
        document = parse_document(module)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return Rule(document.code, module, document)


def _status(text: str) -> Any:
    return Console(stderr=True).status(text)


def _answered(work: Any) -> Any:
    try:
        return work()
    except Problem as problem:
        told = "; ".join(f"{each.field}: {each.message} ({each.fix})" for each in problem.fields)
        raise click.UsageError(" ".join(filter(None, (problem.detail, told, problem.fix)))) from problem
