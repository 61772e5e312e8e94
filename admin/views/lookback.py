"""Look-back: plans, runs with what came of them, items with the holder's answer and staff's judgement."""

from typing import Any

from flask import render_template, request, stream_with_context
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.languages import language
from admin.page import act, done, gettext, one_line, page
from registry import jobs
from registry.detection.queries import of_keys as findings_of
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel import clock
from registry.kernel.errors import FieldError, Invalid, Problem
from registry.kernel.paging import PageRequest
from registry.law import provisions
from registry.lookback import queries, report, service
from registry.lookback.kinds import Cohort, Outcome, Subject
from registry.lookback.model import Item
from registry.lookback.values import PlanValues
from registry.lookback.workflow import BY_PEOPLE, MACHINE
from registry.papers import service as papers
from registry.papers.kinds import PaperKind
from registry.store import unit_of_work

FEW = PageRequest("", 200)
NUMBERS = ("sample", "seed", "answer_days", "days")


@page("/lookback", "lookback.read")
def plans() -> str | Response:
    """Plans and the last runs; for a company, the items that it answers for."""
    actor = current_actor()
    if actor.is_company:
        return _items("")
    rows = queries.latest_runs(actor, 20)
    return render_template(
        "lookback/plans.html",
        plans=queries.plans(actor, FEW).items,
        runs=rows,
        totals=queries.totals_of(rows),
        waiting=queries.waiting(actor),
    )


@page("/lookback/plan-form", "lookback.plan")
def plan_form() -> str:
    """The form of a new plan, with the usual interval."""
    return _plan_form({"days": "30", "every": f"{provisions.integer('lookback.interval', clock.today())}m"})


@act("/lookback/plans", "lookback.plan")
def add_plan() -> Any:
    """A new plan."""
    try:
        made = service.add_plan(current_actor(), _plan_values())
    except Problem as problem:
        return _plan_form(request.form, inline(problem)), STATUS[type(problem)]
    return done(gettext("The plan %(name)s is on record.", name=made.name), "lookback_plans")


@act("/lookback/plans/<string:key>/<any(rest, resume):action>", "lookback.plan")
def set_active(key: str, action: str) -> Response:
    """Have a plan no longer due by itself, or due again."""
    change = service.rest if action == "rest" else service.resume
    change(current_actor(), key, version=asked.sent_version())
    return done(gettext("Done."), "lookback_plans")


@act("/lookback/plans/<string:key>/run", "lookback.run")
def run_plan(key: str) -> Response:
    """Have a plan run by the worker."""
    with unit_of_work():
        run = service.order(current_actor(), key)
        jobs.enqueue("lookback.run", once="lookback.run")
    return done(gettext("The run is ordered; this page shows how far it is."), "lookback_run", key=run.key)


@page("/lookback/runs/<string:key>", "lookback.read")
def run(key: str) -> str:
    """One run: what was frozen, how many items came to what."""
    return _run(key)


@page("/lookback/runs/<string:key>/report.<any(csv, html):form>", "lookback.read")
def report_of_run(key: str, form: str) -> Response:
    """The report of a run, to be saved."""
    row = queries.run(current_actor(), key)
    pieces = stream_with_context(report.written(row, form, language()))
    answer = Response(pieces, content_type=report.MEDIA_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.key}.{form}"'
    return answer


@page("/lookback/items", "lookback.read")
def items() -> str:
    """Items of all runs."""
    return _items(asked.text("run"))


@page("/lookback/items/<string:key>", "lookback.read")
def item(key: str) -> str:
    """One item: why it did not pass at once, what was answered, what may be done."""
    actor = current_actor()
    found = queries.item(actor, key)
    possible = MACHINE.open_to(found, found.state, actor)
    return render_template(
        "lookback/item.html",
        item=found,
        actions=[action for action in possible if action in BY_PEOPLE],
        names=names_of([found.enterprise]),
        findings=findings_of(actor, found.findings) if found.findings and actor.may("finding.read") else [],
    )


@act("/lookback/items/<string:key>/answer", "lookback.answer")
def answer(key: str) -> Response:
    """The holder says what it is."""
    actor, sent = current_actor(), request.files.get("paper")
    with unit_of_work():
        listed = []
        if sent:
            listed.append(papers.upload(actor, sent.read(), sent.filename or "", PaperKind.OTHER).key)
        return _moved(service.answer(actor, key, one_line("text"), listed, version=asked.sent_version()))


@act("/lookback/items/<string:key>/<any(pass, fail, give_up):action>", "lookback.judge")
def judge(key: str, action: str) -> Response:
    """Staff decides what came of it."""
    decide = {"pass": service.judge_passed, "fail": service.judge_failed, "give_up": service.give_up}[action]
    return _moved(decide(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/lookback/items/<string:key>/except", "lookback.judge")
def except_until(key: str) -> Response:
    """Staff lets it be until a day."""
    until, version = asked.sent_moment("until"), asked.sent_version()
    if until is None:
        raise Invalid("exception_past", "an exception ends on a day to come")
    return _moved(service.except_until(current_actor(), key, one_line("text"), until, version=version))


@act("/lookback/items/<string:key>/ask", "lookback.judge")
def ask(key: str) -> Response:
    """Staff asks the holder again."""
    due, version = asked.sent_day("due"), asked.sent_version()
    return _moved(service.ask(current_actor(), key, one_line("text"), due=due, version=version))


def _moved(item: Item) -> Response:
    return done(gettext("Done."), "lookback_item", key=item.key)


def _run(key: str) -> str:
    actor = current_actor()
    found = queries.run(actor, key)
    rows = _page_of_items(key)
    return render_template(
        "lookback/run.html",
        run=found,
        totals=queries.totals(found),
        items=rows,
        outcomes=Outcome,
        names=names_of(each.enterprise for each in rows.items),
    )


def _items(run: str) -> str:
    rows = _page_of_items(run)
    names = names_of(each.enterprise for each in rows.items)
    return render_template("lookback/items.html", items=rows, outcomes=Outcome, names=names)


def _page_of_items(run: str) -> Any:
    outcome = asked.text("outcome")
    return queries.items(
        current_actor(),
        asked.paging(),
        run=run,
        outcome=Outcome(outcome) if outcome in list(Outcome) else None,
        overdue=bool(asked.text("overdue")),
    )


def _plan_values() -> PlanValues:
    numbers = {name: _number(name) for name in NUMBERS if one_line(name)}
    return PlanValues(
        name=one_line("name"),
        cohort=one_line("cohort"),
        value=one_line("value"),
        subjects=tuple(request.form.getlist("subjects")),
        every=one_line("every"),
        findings=bool(one_line("findings")),
        **numbers,
    )


def _number(name: str) -> int:
    text = one_line(name)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004 - fits 32 bits
        raise Invalid(
            "no_number", "a whole number is needed", fields=[FieldError(name, "no_number", "no whole number")]
        )
    return int(text)


def _plan_form(values: Any, problem: Any = None) -> str:
    return render_template("lookback/plan_form.html", values=values, problem=problem, cohorts=Cohort, subjects=Subject)
