"""Rules, their weights, runs and findings over HTTP."""

import dataclasses
from typing import Any

from registry import jobs
from registry.detection import queries, service, weighing, windows
from registry.detection.catalogue import Rule, catalogue
from registry.detection.model import DetectionRun, Finding
from registry.detection.schemas import (
    ChangedIn,
    FindingPage,
    FindingQuery,
    FindingWhole,
    MeasureOfFinding,
    MergeIn,
    RulePage,
    RunIn,
    RunOut,
    RunPage,
    RunsOut,
    VerdictIn,
    WeightIn,
    WeightOut,
    WeightPage,
)
from registry.detection.weighing import Weight
from registry.http import Blueprint, Query, current_actor
from registry.http.said import AskIn, ReplyIn, TextIn
from registry.kernel.paging import Page
from registry.measures.model import Measure
from registry.measures.schemas import MeasureOut
from registry.measures.values import MeasureValues
from registry.store import unit_of_work

blueprint = Blueprint("detection", __name__, url_prefix="/api/v1", description="Rules, weights, runs, findings")


@blueprint.read("/rules", "detection.read", answers=RulePage)
def rules() -> dict[str, Any]:
    """The detection rules with their documents."""
    return {"items": [_described(rule) for rule in catalogue().values()]}


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "title": rule.document.title,
        "severity": rule.module.SEVERITY,
        "kind": rule.module.KIND,
        "in_force_from": rule.module.IN_FORCE_FROM,
        "needs": rule.module.NEEDS,
        "parameters": dataclasses.asdict(rule.parameters()),
        "sections": rule.document.sections,
    }


@blueprint.write("/detection-runs", "detection.run", takes=RunIn, answers=RunOut, status=202)
def start_run(body: dict[str, Any]) -> DetectionRun:
    """Have the rules applied to these days by the worker."""
    with unit_of_work():
        key = service.order(current_actor(), body["from_day"], body["to_day"], body["rules"], on=body["engine"])
        jobs.enqueue("detection.run", key=key, rules=body["rules"])
    return queries.run(key)


@blueprint.write("/detection-runs/changed", "detection.run", takes=ChangedIn, answers=RunsOut, status=202)
def judge_changed(body: dict[str, Any]) -> dict[str, Any]:
    """Have the windows judged again on whose days something was counted since, each as a job of its own."""
    keys = windows.order_changed(current_actor(), on=body["engine"])
    return {"items": [queries.run(key) for key in keys]}


@blueprint.read("/detection-runs", "detection.read", answers=RunPage, query=Query)
def runs(query: dict[str, Any]) -> Page[DetectionRun]:
    """Runs, oldest first."""
    return queries.runs(Query.page(query))


@blueprint.read("/detection-runs/<string:key>", "detection.read", answers=RunOut)
def run(key: str) -> DetectionRun:
    """One run with what each rule counted."""
    return queries.run(key)


@blueprint.read("/findings", "finding.read", answers=FindingPage, query=FindingQuery)
def findings(query: dict[str, Any]) -> Page[Finding]:
    """Findings by their keys."""
    return queries.findings(current_actor(), Query.page(query), **query)


@blueprint.read("/findings/<string:key>", "finding.read", answers=FindingWhole)
def finding(key: str) -> Finding:
    """One finding with its evidence."""
    return queries.finding(current_actor(), key)


@blueprint.write("/findings/<string:key>/notify", "finding.work", takes=AskIn, answers=FindingWhole, decides=True)
def notify(key: str, body: dict[str, Any], version: int) -> Finding:
    """Tell the answerable enterprise."""
    return service.notify(current_actor(), key, body["text"], due=body["due"], version=version)


@blueprint.write("/findings/<string:key>/answer", "finding.answer", takes=ReplyIn, answers=FindingWhole, decides=True)
def answer(key: str, body: dict[str, Any], version: int) -> Finding:
    """Say what it was."""
    return service.answer(current_actor(), key, body["text"], body["papers"], version=version)


@blueprint.write("/findings/<string:key>/verdict", "finding.judge", takes=VerdictIn, answers=FindingWhole, decides=True)
def judge(key: str, body: dict[str, Any], version: int) -> Finding:
    """Decide what it was."""
    return service.judge(current_actor(), key, body["verdict"], body["text"], version=version)


@blueprint.write("/findings/<string:key>/remedy", "finding.work", takes=TextIn, answers=FindingWhole, decides=True)
def remedy(key: str, body: dict[str, Any], version: int) -> Finding:
    """Note that it has been put right."""
    return service.remedy(current_actor(), key, body["text"], version=version)


@blueprint.write("/findings/<string:key>/reopen", "finding.judge", takes=TextIn, answers=FindingWhole, decides=True)
def reopen(key: str, body: dict[str, Any], version: int) -> Finding:
    """Look at it once more."""
    return service.reopen(current_actor(), key, body["text"], version=version)


@blueprint.write("/findings/<string:key>/merge", "finding.work", takes=MergeIn, answers=FindingWhole, decides=True)
def merge(key: str, body: dict[str, Any], version: int) -> Finding:
    """Note that it is the same as another."""
    return service.merge(current_actor(), key, body["into"], body["text"], version=version)


@blueprint.write(
    "/findings/<string:key>/measures",
    "measure.impose",
    takes=MeasureOfFinding,
    answers=MeasureOut,
    status=201,
    decides=True,
)
def take_measure(key: str, body: dict[str, Any], version: int) -> Measure:
    """Impose a measure for a confirmed finding."""
    return service.take_measure(current_actor(), key, MeasureValues(**body), version=version)


@blueprint.read("/rule-weights", "detection.read", answers=WeightPage)
def weights() -> dict[str, Any]:
    """How many points each rule adds to a case."""
    return {"items": weighing.listed()}


@blueprint.read("/rule-weights/<string:rule>", "detection.read", answers=WeightOut)
def weight(rule: str) -> Weight:
    """How many points one rule adds."""
    return weighing.one(rule)


@blueprint.write(
    "/rule-weights/<string:rule>/change", "detection.weigh", takes=WeightIn, answers=WeightOut, decides=True
)
def change_weight(rule: str, body: dict[str, Any], version: int) -> Weight:
    """Change it; cases that are not closed are weighed anew."""
    return weighing.change(current_actor(), rule, body["points"], body["reason"], version=version)
