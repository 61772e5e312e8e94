"""Runs of the rules, the rules themselves, and their weights."""

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from registry import jobs
from registry.detection import engines, judged, queries, service, weighing, windows
from registry.detection.catalogue import catalogue
from registry.detection.model import RunState
from registry.http import current_actor
from registry.kernel.errors import Invalid
from registry.settings import current
from registry.store import unit_of_work
from registry.traffic import queries as traffic


@page("/detection", "detection.read")
def runs() -> str:
    """The last runs, and the form of a new one."""
    days = traffic.days()
    rows = queries.latest_runs(20)
    going = any(row.state is RunState.RUNNING for row in rows)
    choice = {"engine": current().engine, "engines": engines.offered()}
    told = {"runs": rows, "days": days, "going": going, "changed": judged.changed()}
    return render_template("detection/runs.html", rules=catalogue(), **told, **choice)


@act("/detection/changed", "detection.run")
def judge_changed() -> Response:
    """Have the windows judged again on whose days something was counted since."""
    windows.order_changed(current_actor(), on=one_line("engine"))
    return done(gettext("The run is ordered; this page shows when it is done."), "detection_runs")


@page("/detection/rules", "detection.read")
def rules() -> str:
    """What each rule detects, why, and what it rests on."""
    return render_template(
        "detection/rules.html", rules=catalogue(), weights={each.rule: each for each in weighing.listed()}
    )


@act("/detection/rules/<string:rule>/weigh", "detection.weigh")
def weigh(rule: str) -> Response:
    """Change how many points a rule adds to a case."""
    points, version = one_line("points"), asked.sent_version()
    number = int(points) if points.isascii() and points.isdecimal() and len(points) < 4 else -1  # noqa: PLR2004 - to 100
    weighing.change(current_actor(), rule, number, one_line("reason"), version=version)
    return done(gettext("The weight is changed; the cases are weighed anew."), "detection_rules")


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
        key = service.order(current_actor(), first, last, chosen, on=one_line("engine"))
        jobs.enqueue("detection.run", key=key, rules=chosen)
    return done(gettext("The run is ordered; this page shows when it is done."), "detection_runs")
