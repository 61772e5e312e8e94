"""Findings: the list, one finding with its evidence and what may be done about it."""

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from admin.words import EVIDENCE
from registry.detection import queries, service
from registry.detection.catalogue import catalogue
from registry.detection.model import Finding
from registry.detection.verdicts import SENTENCES, Verdict
from registry.detection.workflow import MACHINE, FindingState
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.kernel.errors import Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.kernel.rule import Severity
from registry.measures import queries as measures
from registry.texts.category import category_names
from registry.traffic import queries as traffic

FEW = PageRequest("", 50)
SAMPLES = 5


@page("/findings", "finding.read")
def listed() -> str:
    """Findings by state, rule, severity, port, enterprise."""
    state, severity, rule = asked.text("state"), asked.text("severity"), asked.text("rule")
    found = queries.findings(
        current_actor(),
        asked.paging(),
        overdue=bool(asked.text("overdue")),
        state=state if state in list(FindingState) else "",
        severity=severity if severity in list(Severity) else "",
        rule=rule,
        port=asked.text("port"),
        enterprise=asked.text("enterprise"),
    )
    return render_template(
        "findings/list.html",
        findings=found,
        states=FindingState,
        severities=Severity,
        rules=catalogue(),
        names=names_of(party for each in found.items for party in (each.enterprise, each.tenant)),
    )


@page("/findings/<string:key>", "finding.read")
def one(key: str) -> str:
    """One finding."""
    actor = current_actor()
    found = queries.finding(actor, key)
    rows = [row for day in found.evidence for row in day.rows]
    return render_template(
        "findings/one.html",
        finding=found,
        rule=catalogue().get(found.rule),
        rules=catalogue(),
        columns=_columns(found, rows),
        categories=category_names(found.category) if found.category else [],
        samples=[] if actor.is_company else _samples(found),
        actions=MACHINE.open_to(found, found.state, actor),
        verdicts=SENTENCES,
        measures=measures.listed(actor, FEW, finding=key).items,
        names=names_of({found.enterprise, found.tenant} | {str(row.get("tenant", "")) for row in rows}),
    )


@act("/findings/<string:key>/notify", "finding.work")
def notify(key: str) -> Response:
    """Tell the answerable enterprise, and until when it is to answer."""
    due, version = asked.sent_day("due"), asked.sent_version()
    return _moved(service.notify(current_actor(), key, one_line("text"), due=due, version=version))


@act("/findings/<string:key>/answer", "finding.answer")
def answer(key: str) -> Response:
    """The answerable enterprise says what it was."""
    return _moved(service.answer(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/findings/<string:key>/judge", "finding.judge")
def judge(key: str) -> Response:
    """Staff says what it was."""
    if one_line("verdict") not in list(Verdict):
        raise Invalid("no_verdict", "choose what it was")
    verdict = Verdict(one_line("verdict"))
    return _moved(service.judge(current_actor(), key, verdict, one_line("text"), version=asked.sent_version()))


@act("/findings/<string:key>/merge", "finding.work")
def merge(key: str) -> Response:
    """It is the same as another."""
    into = one_line("into")
    return _moved(service.merge(current_actor(), key, into, one_line("text"), version=asked.sent_version()))


@act("/findings/<string:key>/remedy", "finding.work")
def remedy(key: str) -> Response:
    """What was wrong has been put right."""
    return _moved(service.remedy(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/findings/<string:key>/reopen", "finding.judge")
def reopen(key: str) -> Response:
    """Look at it once more."""
    return _moved(service.reopen(current_actor(), key, one_line("text"), version=asked.sent_version()))


def _moved(finding: Finding) -> Response:
    return done(gettext("Done."), "findings_one", key=finding.key)


def _columns(finding: Finding, rows: list[dict[str, Any]]) -> list[str]:
    """Those in which something stands that the page does not say of the whole finding already."""
    said = {"port": finding.port, "signature": finding.signature, "tenant": finding.tenant}
    return [name for name in EVIDENCE if any(row.get(name) and row[name] != said.get(name) for row in rows)]


def _samples(finding: Finding) -> list[Any]:
    """A few messages as they were sent; those of a port that is a prefix cannot be looked up."""
    days, signature = (finding.first_day, finding.last_day), finding.signature or None
    try:
        return list(traffic.samples(*days, port=finding.port, signature=signature, limit=SAMPLES))
    except (NotFound, OSError):
        return []
