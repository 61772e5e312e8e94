"""Deputies at work, filings planted as bad, and figures of the reviewing."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from registry.audit.model import AuditEvent
from registry.audit.queries import history
from registry.changes.model import Change
from registry.filings import queries, service
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.errors import Forbidden, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.ports.model import Port
from tests.filings.conftest import handed_in, port_of, signature_of

REASONS = [{"code": "PURPOSE_UNCLEAR", "field": "use", "comment": ""}]


def planted(trade, digits="10690777"):
    said = {"applicant": trade.company, "flaw": "用途与证书不符", "reasons": ["ASSIGNMENT_NOT_PROVEN"]}
    return service.plant(trade.boss, port_of(trade, digits), **said)


def seen_over_api(caller, filing):
    answer = caller("reviewer").get(f"/api/v1/filings/{filing.key}").json
    kept = {"key", "referenceId", "content", "created_at", "submitted_at", "version", "checks"}
    return {name: value for name, value in answer.items() if name not in kept}


def figures(trade):
    now = clock.now()
    return {each.reviewer: each for each in queries.figures(now - dt.timedelta(days=1), now + dt.timedelta(days=1))}


def test_a_deputy_decides_what_the_absent_colleague_claimed_in_the_own_name(trade):
    filing = handed_in(trade.by_company, port_of(trade))
    service.claim(trade.li, filing.key)
    with pytest.raises(Forbidden):
        service.approve(trade.wang, filing.key)
    deputy = replace(trade.wang, stands_for=frozenset({"li"}))
    done = service.approve(deputy, filing.key, comment="代李审核")
    assert [(each.by, each.on_behalf) for each in done.decisions] == [("wang", "li")]
    assert history("port", done.entry_key)[-1].after["decision"]["on_behalf"] == "li"


def test_four_eyes_stay_four_with_a_deputy(trade):
    filing = handed_in(trade.by_customer, signature_of(trade, "京东银行"))
    service.claim(trade.li, filing.key)
    service.approve(trade.li, filing.key, comment="名称已核对")
    deputy = replace(trade.wang, stands_for=frozenset({"li"}))
    with pytest.raises(Forbidden, match="stand in for who did"):
        service.approve(deputy, filing.key, comment="同意")
    assert service.approve(trade.wang, filing.key, comment="同意").state is State.APPROVED


def test_a_planted_filing_looks_like_any_other_to_reviewers_and_is_not_there_for_the_company(trade, caller):
    genuine = handed_in(trade.by_company, port_of(trade, "10690778"))
    bait = planted(trade)
    assert seen_over_api(caller, bait) == seen_over_api(caller, genuine)
    trail = [(each.action, each.actor) for each in queries.page(trade.li, bait.key).review.history]
    assert trail == [(each.action, each.actor) for each in queries.page(trade.li, genuine.key).review.history]
    assert queries.page(trade.li, bait.key).review.planted is None
    assert queries.page(trade.boss, bait.key).review.planted.flaw == "用途与证书不符"
    with pytest.raises(NotFound):
        queries.find(trade.by_company, bait.key)
    assert [each.key for each in queries.listed(trade.by_company, PageRequest()).items] == [genuine.key]
    company = caller("company_key", enterprise=trade.company)
    assert company.get(f"/api/v1/filings/{bait.key}").status_code == 404
    assert caller("reviewer").get("/api/v1/planted-filings").status_code == 403


def test_a_planted_filing_never_takes_effect_even_if_it_is_approved(trade, session):
    bait = planted(trade)
    changes = session.query(Change).count()
    service.claim(trade.li, bait.key)
    done = service.approve(trade.li, bait.key, comment="齐全")
    assert (done.state, done.entry_kind, done.entry_key) == (State.APPROVED, None, None)
    assert session.query(Port).filter_by(port="10690777").count() == 0
    assert session.query(Change).count() == changes
    assert history("filing", bait.key)[-1].action == "filing.approve"
    assert queries.planted(trade.boss, bait.key).outcome == "missed"


def test_who_planted_it_does_not_decide_on_it_and_the_trail_says_who_did(trade, session):
    bait = planted(trade)
    with pytest.raises(Forbidden):
        service.claim(trade.boss, bait.key)
    event = session.query(AuditEvent).filter_by(subject_kind="planted_filing", subject_key=bait.key).one()
    assert (event.actor, event.action, event.reason) == ("zhang", "filing.planted", "用途与证书不符")
    with pytest.raises(Forbidden):
        service.plant(trade.li, port_of(trade), applicant=trade.company, flaw="x", reasons=["OTHER"])
    for flaw, reasons in (("", ["OTHER"]), ("x", []), ("x", ["BECAUSE"])):
        with pytest.raises(Invalid):
            service.plant(trade.boss, port_of(trade), applicant=trade.company, flaw=flaw, reasons=reasons)


def test_the_company_is_told_nothing_of_a_planted_filing(trade, caller):
    bait = planted(trade)
    service.claim(trade.li, bait.key)
    service.reject(trade.li, bait.key, reasons=REASONS)
    company = caller("company_key", enterprise=trade.company)
    assert bait.key not in company.get("/api/v1/notices").text
    assert queries.planted(trade.boss, bait.key).outcome == "caught"


def test_figures_count_planted_caught_and_missed_overturned_and_the_median_time(trade):
    start = clock.now()
    for place, minutes in enumerate((10, 20, 60)):
        filing = handed_in(trade.by_company, port_of(trade, f"1069088{place}"))
        with clock.frozen(start):
            service.claim(trade.li, filing.key)
        with clock.frozen(start + dt.timedelta(minutes=minutes)):
            service.reject(trade.li, filing.key, reasons=REASONS)
    with clock.frozen(start + dt.timedelta(hours=2)):
        service.appeal(trade.by_company, filing.key, comment="请复查")
        service.claim(trade.wang, filing.key)
        service.approve(trade.wang, filing.key, comment="申诉成立")
    for digits, by, act in (("10690771", trade.li, "approve"), ("10690772", trade.li, "reject")):
        bait = planted(trade, digits)
        with clock.frozen(start):
            service.claim(by, bait.key)
        with clock.frozen(start + dt.timedelta(minutes=20)):
            service.approve(by, bait.key) if act == "approve" else service.reject(by, bait.key, reasons=REASONS)
    told = figures(trade)
    li, wang = told["li"], told["wang"]
    assert (li.approved, li.rejected, li.caught, li.missed) == (0, 3, 1, 1)
    assert (li.appealed, li.overturned, li.median_seconds) == (1, 1, 20 * 60)
    assert (wang.approved, wang.appealed, wang.overturned) == (1, 0, 0)


def test_figures_and_planted_filings_over_api_and_command_line(trade, caller, app):
    supervisor = caller("supervisor")
    body = {"kind": "port", "content": {"port": "10690777"}, "applicant": trade.company, "flaw": "假证书"}
    made = supervisor.post("/api/v1/planted-filings", json=body | {"reasons": ["ASSIGNMENT_NOT_PROVEN"]})
    assert (made.status_code, made.json["outcome"]) == (201, "waiting")
    assert [each["key"] for each in supervisor.get("/api/v1/planted-filings").json["items"]] == [made.json["key"]]
    service.claim(trade.li, made.json["key"])
    service.reject(trade.li, made.json["key"], reasons=REASONS)
    [row] = supervisor.get("/api/v1/reviewer-figures").json["items"]
    assert (row["reviewer"], row["caught"], row["missed"]) == ("li", 1, 0)
    told = json.loads(app.test_cli_runner().invoke(args=["filing", "reviewers", "--format", "json"]).output)
    assert told[0]["caught"] == 1
