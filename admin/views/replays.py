"""Asking past facts anew: the form of a question, its answer, and what a finding rests on."""

import datetime as dt
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from registry import jobs
from registry.detection.catalogue import catalogue
from registry.detection.model import RunState
from registry.detection.tuning import parameters_of
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.kernel.errors import Invalid
from registry.permits.model import Permit
from registry.replays import comparing, explaining, proposing, queries, service
from registry.replays.values import Question
from registry.store import unit_of_work
from registry.traffic import queries as traffic

LAST = 20
KINDS = (comparing.FOUND, comparing.GONE, comparing.BOTH)


@page("/replays", "detection.read")
def listed() -> str:
    """The last questions, and the form of a new one: of one rule with its parameters, or of all."""
    rule = catalogue().get(asked.text("rule"))
    rows = queries.latest(LAST)
    return render_template(
        "replays/list.html",
        replays=rows,
        rules=catalogue(),
        rule=rule,
        parameters=parameters_of(rule) if rule else (),
        days=traffic.days(),
        going=any(row.state is RunState.RUNNING for row in rows),
        filing=asked.text("filing"),
    )


@act("/replays", "detection.run")
def start() -> Response:
    """Have past facts asked by the worker."""
    rule, filing = one_line("rule"), one_line("filing")
    permit = proposing.permit_of_filing(current_actor(), filing) if filing else None
    question = Question(*_days(), (rule,) if rule else (), _sent_parameters(rule), permit)
    with unit_of_work():
        row = service.order(current_actor(), question)
        jobs.enqueue("detection.replay", key=row.key)
    return done(gettext("The question is put; this page shows when it is answered."), "replays_one", key=row.key)


def _days() -> tuple[dt.date, dt.date]:
    first, last = asked.sent_day("from_day"), asked.sent_day("to_day")
    if first is None or last is None:
        raise Invalid("no_days", "say from which day to which day")
    return first, last


def _sent_parameters(rule: str) -> dict[str, str]:
    """The parameters of the form; those of no rule are none."""
    if rule not in catalogue():
        return {}
    sent = {each.name: one_line(f"parameter-{each.name}") for each in parameters_of(catalogue()[rule])}
    return {name: value for name, value in sent.items() if value or f"parameter-{name}" in request.form}


@page("/replays/<string:key>", "detection.read")
def one(key: str) -> str:
    """One question with its answer."""
    row = queries.replay(key)
    found = [each for rule in row.answer.get("rules", ()) for kind in KINDS for each in rule[kind]]
    permit = row.question.get("permit") or {}
    parties = [permit.get("owner", ""), permit.get("user", "")]
    return render_template(
        "replays/one.html",
        replay=row,
        rules=catalogue(),
        kinds=KINDS,
        usual=_usual(row.question),
        names=names_of([*parties, *(party for each in found for party in (each["enterprise"], each["tenant"]))]),
    )


def _usual(question: dict[str, Any]) -> dict[str, Any]:
    """What the one rule of a question usually has for its parameters."""
    rule = catalogue().get(next(iter(question.get("rules", ())), ""))
    return {each.name: each.usual for each in parameters_of(rule)} if rule else {}


@page("/findings/<string:key>/explanation", "detection.read")
def explanation(key: str) -> str:
    """What a finding rests on."""
    told = explaining.explain(current_actor(), key)
    return render_template(
        "replays/explanation.html",
        told=told,
        finding=told.finding,
        last=queries.last_of(key),
        rules=catalogue(),
        names=names_of(_parties(told.permits)),
    )


def _parties(permits: Any) -> list[str]:
    rows: list[Permit] = list(permits)
    return [party for row in rows for party in (row.owner, row.user)]


@act("/findings/<string:key>/explanation", "detection.run")
def again(key: str) -> Response:
    """Have the rule applied again as it judged then."""
    with unit_of_work():
        row = service.order_again(current_actor(), key)
        jobs.enqueue("detection.replay", key=row.key)
    return done(gettext("The rule is applied again; this page shows when it is done."), "replays_explanation", key=key)
