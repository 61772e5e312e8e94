"""Plans, runs, items and reports over HTTP."""

from typing import Any

from flask import Response, stream_with_context

from registry import jobs
from registry.http import Blueprint, Query, current_actor
from registry.http.said import AskIn, ReplyIn, TextIn
from registry.kernel.errors import FieldError, Invalid
from registry.kernel.paging import Page
from registry.lookback import queries, report, service
from registry.lookback.model import Item, Plan
from registry.lookback.schemas import (
    ItemPage,
    ItemQuery,
    ItemWhole,
    JudgeIn,
    MeasureIn,
    PlanIn,
    PlanOut,
    PlanPage,
    PlanQuery,
    ReportQuery,
    RunIn,
    RunOut,
    RunPage,
    RunQuery,
    RunWhole,
)
from registry.lookback.values import PlanValues
from registry.measures.values import MeasureValues
from registry.store import unit_of_work

blueprint = Blueprint("lookback", __name__, url_prefix="/api/v1", description="Look-back: plans, runs, items")


@blueprint.read("/lookback-plans", "lookback.read", answers=PlanPage, query=PlanQuery)
def plans(query: dict[str, Any]) -> Page[Plan]:
    """Plans, oldest first."""
    return queries.plans(current_actor(), Query.page(query), **query)


@blueprint.write("/lookback-plans", "lookback.plan", takes=PlanIn, answers=PlanOut, status=201)
def add_plan(body: dict[str, Any]) -> Plan:
    """Make a plan."""
    return service.add_plan(current_actor(), PlanValues(**body | {"subjects": tuple(body["subjects"])}))


@blueprint.read("/lookback-plans/<string:key>", "lookback.read", answers=PlanOut)
def plan(key: str) -> Plan:
    """One plan."""
    return queries.plan(current_actor(), key)


@blueprint.write("/lookback-plans/<string:key>/rest", "lookback.plan", answers=PlanOut, decides=True)
def rest(key: str, version: int) -> Plan:
    """Have a plan run only when asked."""
    return service.rest(current_actor(), key, version=version)


@blueprint.write("/lookback-plans/<string:key>/resume", "lookback.plan", answers=PlanOut, decides=True)
def resume(key: str, version: int) -> Plan:
    """Have a plan run by itself again."""
    return service.resume(current_actor(), key, version=version)


@blueprint.write("/lookback-plans/<string:key>/run", "lookback.run", takes=RunIn, answers=RunOut, status=202)
def start(key: str, body: dict[str, Any]) -> dict[str, Any]:
    """Have a plan run by the worker; its run that was broken off goes on."""
    with unit_of_work():
        row = service.order(current_actor(), key, to_day=body["to_day"])
        jobs.enqueue("lookback.run", once="lookback.run")
    return _with_totals([row])[0]


@blueprint.read("/lookback-runs", "lookback.read", answers=RunPage, query=RunQuery)
def runs(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """Runs, oldest first."""
    page = queries.runs(current_actor(), Query.page(query), **query)
    return Page(_with_totals(page.items), page.after)


@blueprint.read("/lookback-runs/<string:key>", "lookback.read", answers=RunWhole)
def run(key: str) -> dict[str, Any]:
    """One run with what it froze and counted."""
    return _with_totals([queries.run(current_actor(), key)])[0]


@blueprint.read(
    "/lookback-runs/<string:key>/report", "lookback.read", answers=("text/csv", "text/html"), query=ReportQuery
)
def run_report(key: str, query: dict[str, Any]) -> Response:
    """The report of a run as CSV or as one page of HTML."""
    row, form = queries.run(current_actor(), key), query["format"]
    pieces = stream_with_context(report.written(row, form, query["language"]))
    answer = Response(pieces, content_type=report.MEDIA_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.key}.{form}"'
    return answer


def _with_totals(rows: Any) -> list[dict[str, Any]]:
    totals = queries.totals_of(rows)
    names = [*RunWhole().fields]
    return [{name: getattr(row, name, None) for name in names} | {"totals": totals[row.key]} for row in rows]


@blueprint.read("/lookback-items", "lookback.read", answers=ItemPage, query=ItemQuery)
def items(query: dict[str, Any]) -> Page[Item]:
    """Items in the order of their runs; a company's own."""
    return queries.items(current_actor(), Query.page(query), **query)


@blueprint.read("/lookback-items/<string:key>", "lookback.read", answers=ItemWhole)
def item(key: str) -> Item:
    """One item with what was found and done."""
    return queries.item(current_actor(), key)


@blueprint.write(
    "/lookback-items/<string:key>/answer", "lookback.answer", takes=ReplyIn, answers=ItemWhole, decides=True
)
def answer(key: str, body: dict[str, Any], version: int) -> Item:
    """Say what it is."""
    return service.answer(current_actor(), key, body["text"], body["papers"], version=version)


@blueprint.write("/lookback-items/<string:key>/judge", "lookback.judge", takes=JudgeIn, answers=ItemWhole, decides=True)
def judge(key: str, body: dict[str, Any], version: int) -> Item:
    """Find it passed, failed, or excepted until a time."""
    actor, text, until = current_actor(), body["text"], body["until"]
    if (body["verdict"] == "excepted") != (until is not None):
        error = FieldError("until", "exception_only", "an exception alone has it", "say until when")
        raise Invalid("until", "an exception has an end, nothing else has", fields=[error])
    if until is not None:
        return service.except_until(actor, key, text, until, version=version)
    verdict = service.judge_passed if body["verdict"] == "passed" else service.judge_failed
    return verdict(actor, key, text, version=version)


@blueprint.write("/lookback-items/<string:key>/ask", "lookback.judge", takes=AskIn, answers=ItemWhole, decides=True)
def ask(key: str, body: dict[str, Any], version: int) -> Item:
    """Ask the holder, or ask again."""
    return service.ask(current_actor(), key, body["text"], due=body["due"], version=version)


@blueprint.write(
    "/lookback-items/<string:key>/give-up", "lookback.judge", takes=TextIn, answers=ItemWhole, decides=True
)
def give_up(key: str, body: dict[str, Any], version: int) -> Item:
    """Note that the holder cannot be reached."""
    return service.give_up(current_actor(), key, body["text"], version=version)


@blueprint.write(
    "/lookback-items/<string:key>/measure", "lookback.judge", takes=MeasureIn, answers=ItemWhole, decides=True
)
def propose(key: str, body: dict[str, Any], version: int) -> Item:
    """Propose a measure on what failed."""
    values = MeasureValues("", "", **body | {"action": body["action"].value})
    service.propose_measure(current_actor(), key, values, version=version)
    return queries.item(current_actor(), key)
