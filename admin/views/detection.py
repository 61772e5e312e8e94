"""Runs of the rules, the rules themselves, and cases."""

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, page
from registry import jobs
from registry.detection import queries, service
from registry.detection.catalogue import catalogue
from registry.detection.kinds import CaseKind
from registry.detection.model import RunState
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.kernel.errors import Invalid
from registry.store import unit_of_work
from registry.traffic import queries as traffic


@page("/detection", "detection.read")
def runs() -> str:
    """The last runs, and the form of a new one."""
    days = traffic.days()
    rows = queries.latest_runs(20)
    going = any(row.state is RunState.RUNNING for row in rows)
    return render_template("detection/runs.html", runs=rows, rules=catalogue(), days=days, going=going)


@page("/detection/rules", "detection.read")
def rules() -> str:
    """What each rule detects, why, and what it rests on."""
    return render_template("detection/rules.html", rules=catalogue())


@page("/detection/<string:key>", "detection.read")
def run(key: str) -> str:
    """One run with what each rule counted."""
    return render_template("detection/run.html", run=queries.run(key), rules=catalogue())


@act("/detection", "detection.run")
def start() -> Response:
    """Have the rules applied by the worker."""
    first, last = asked.sent_day("from_day"), asked.sent_day("to_day")
    if first is None or last is None:
        raise Invalid("no_days", "say from which day to which day")
    chosen = request.form.getlist("rules")
    with unit_of_work():
        key = service.order(current_actor(), first, last, chosen)
        jobs.enqueue("detection.run", key=key, rules=chosen)
    return done(gettext("The run is ordered; this page shows when it is done."), "detection_runs")


@page("/cases", "detection.read")
def cases() -> str:
    """Cases, as stories that findings tell together."""
    kind = asked.text("kind")
    found = queries.cases(asked.paging(), kind=kind if kind in list(CaseKind) else "")
    return render_template(
        "cases/list.html", cases=found, kinds=CaseKind, names=names_of(each.enterprise for each in found.items)
    )


@page("/cases/<string:key>", "detection.read")
def case(key: str) -> str:
    """One case with its findings."""
    found = queries.case(key)
    parties = [party for each in found.findings for party in (each.enterprise, each.tenant)]
    return render_template(
        "cases/one.html", case=found, rules=catalogue(), names=names_of([found.enterprise, *parties])
    )
