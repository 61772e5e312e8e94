"""Asking past facts: other parameters, a proposed permit, a new rule. Nothing of it is written among the findings."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.detection import declarations, snapshot
from registry.detection.catalogue import catalogue
from registry.detection.model import Case, DetectionRun, Evidence, Finding, FindingStep
from registry.detection.rowset import table_of
from registry.filings import service as filings
from registry.filings.content import PermitContent
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid
from registry.permits.values import PermitValues, ScopeValues
from registry.replays import proposing, queries, service
from registry.replays.cli import rule_in
from registry.replays.values import Question
from registry.store import db
from registry.store.periods import period
from tests.conftest import actor
from tests.detection.test_findings import ANALYST, DAY, PORT, feed

WRITTEN = (Finding, Evidence, FindingStep, Case, DetectionRun)


def asked(**changed) -> Question:
    return Question(**{"from_day": DAY, "to_day": DAY} | changed)


def subjects(answer, kind: str) -> set[tuple[str, str]]:
    return {(rule["rule"], each["signature"]) for rule in answer["rules"] for each in rule[kind]}


def proposed(parties, **changed) -> PermitValues:
    said = {"signature": "丙商城", "owner": parties["stranger"], "port": PORT, "user": parties["stranger"]}
    return PermitValues(**said | {"scope": ScopeValues(("notice", "marketing"))} | changed)


def contents():
    """Every row of what detection writes, and the events about findings, cases and runs."""
    db.session.expire_all()
    rows = {table.__tablename__: db.session.execute(sa.select(table.__table__)).all() for table in WRITTEN}
    events = sa.select(AuditEvent.number).where(AuditEvent.subject_kind.in_(("finding", "case", "detection_run")))
    return rows, db.session.scalars(events).all()


def test_no_finding_evidence_case_run_or_event_about_them_is_written(tenant, parties):
    before = contents()
    row = service.order(ANALYST, asked(permit=proposed(parties)))
    service.carry_out(SYSTEM, row.key)
    assert queries.replay(row.key).state == "complete"
    service.replay(asked(rules=("S203",), parameters={"least_messages": 1}))
    assert contents() == before


def test_with_the_usual_parameters_there_is_no_difference_and_both_are_the_findings_that_stand(tenant):
    answer = service.replay(asked())
    assert (answer["counts"]["found"]["subjects"], answer["counts"]["gone"]["subjects"]) == (0, 0)
    assert all(rule["changed"] == 0 for rule in answer["rules"])
    both = {each["finding"]: each["messages"] for rule in answer["rules"] for each in rule["both"]}
    stands = {each.key: each.messages for each in db.session.scalars(sa.select(Finding))}
    assert both == stands


def test_other_parameters_say_what_would_be_found_and_what_would_no_longer_be(tenant, parties, tmp_path):
    stricter = service.replay(asked(rules=("S203",), parameters={"least_messages": "26"}))
    assert subjects(stricter, "gone") == {("S203", "丙商城")}
    assert [each["finding"] for rule in stricter["rules"] for each in rule["gone"]] == [tenant.key]
    feed(tmp_path, ("丁社", 4), name="few")
    assert subjects(service.replay(asked(rules=("S109",), parameters={})), "found") == set()
    wider = service.replay(asked(rules=("S101",), parameters={"least_messages": 5}))
    assert subjects(wider, "gone") == {("S101", "丁社")}


def test_a_proposed_permit_silences_what_it_covers_and_nothing_else(tenant, parties, tmp_path):
    feed(tmp_path, ("丁社", 12), name="other")
    answer = service.replay(asked(permit=proposed(parties)))
    assert subjects(answer, "gone") == {("S202", "丙商城"), ("S203", "丙商城")} & subjects(answer, "gone")
    assert ("S203", "丙商城") in subjects(answer, "gone")
    assert ("S101", "丁社") in subjects(answer, "both")
    elsewhere = service.replay(asked(permit=proposed(parties, port="1069012302")))
    assert subjects(elsewhere, "gone") == set()


def test_a_proposed_permit_that_is_too_narrow_is_said_to_be_gone_beyond(tenant, parties):
    answer = service.replay(asked(permit=proposed(parties, scope=ScopeValues(("verification",)))))
    assert ("S301", "丙商城") in subjects(answer, "found")


@pytest.mark.parametrize(("on_behalf", "kept"), [("merchants", ["M1"]), ("none", [])])
def test_those_for_whom_a_replaced_permit_is_used_stay_declared_while_it_is(session, parties, on_behalf, kept):
    rows = [("P1", code, "link", f"{code}.cn", "", code == "M1", False) for code in ("M1", "OWNER")]
    found = snapshot.read(period(clock.midnight(DAY), clock.midnight(DAY + dt.timedelta(days=1))))
    found = replace(found, values=table_of(declarations.VALUES, rows))
    changed = snapshot.with_permit(found, proposed(parties, permit="P1", on_behalf=on_behalf))
    assert changed.values["enterprise"].to_pylist() == kept


def test_the_permit_may_stand_in_a_filing(tenant, parties):
    company = actor("company", name="wu", enterprise=parties["stranger"])
    filed = filings.file(company, PermitContent(proposed(parties), consent="app", opt_out="拒收请回复R"))
    assert proposing.permit_of_filing(SYSTEM, filed.key).signature == "丙商城"


def test_a_new_rule_is_tried_on_past_facts_before_it_counts(tenant, tmp_path):
    text = Path(catalogue()["S203"].module.__file__).read_text("utf-8").replace("S203", "S299")
    file = tmp_path / "s299_trial.py"
    file.write_text(text, "utf-8")
    answer = service.replay(asked(), rule_in(file))
    assert subjects(answer, "found") == {("S299", "丙商城")}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"rules": ("S203",), "parameters": {"least_messages": -1}}, "bad_parameters"),
        ({"rules": ("S203",), "parameters": {"no_such": 1}}, "bad_parameters"),
        ({"rules": ("S309",), "parameters": {"times": "nan"}}, "bad_parameters"),
        ({"rules": ("S203", "S101"), "parameters": {"least_messages": 1}}, "one_rule"),
        ({"rules": ("S999",)}, "unknown_rule"),
        ({"to_day": DAY + dt.timedelta(days=401)}, "bad_span"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(session, changed, code):
    with pytest.raises(Invalid) as refused:
        service.order(ANALYST, asked(**changed))
    assert refused.value.code == code


def test_only_so_many_wait_and_only_staff_that_runs_detection_asks(session):
    for _ in range(service.MOST_WAITING):
        service.order(ANALYST, asked())
    with pytest.raises(Conflict):
        service.order(ANALYST, asked())
    with pytest.raises(Forbidden):
        service.order(actor("reviewer", name="li"), asked())
