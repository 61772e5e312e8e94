"""Filings through the API, as a company and as a reviewer."""

import pytest

from tests.factories import registered as made
from tests.filings.conftest import paper

PORT = {"kind": "port", "content": {"port": "10690123", "use": "service"}, "submit": True}


@pytest.fixture
def company(caller, trade):
    return caller("company_key", enterprise=trade.company)


@pytest.mark.parametrize(
    ("source", "day"),
    [("official_account", "2025-01-01"), ("website", "2025-01-01"), ("shop", "2025-01-01"), ("app", "2026-05-01")],
)
def test_a_source_of_old_is_filed_and_refused_with_the_day_since_when(company, source, day):
    content = {"signature": "红帆短信", "source": source}
    filed = company.post("/api/v1/filings", json={"kind": "signature", "content": content, "submit": True})
    assert filed.status_code == 201, filed.json
    [said] = [each for each in filed.json["checks"] if each["code"] == "F304"]
    assert (said["verdict"], said["fields"]) == ("fail", ["source"])
    assert f"自 {day} 起不被接受" in said["reason"]["zh"]
    assert f"since {day}" in said["reason"]["en"]


@pytest.fixture
def reviewer(caller):
    return caller("reviewer")


def step(who, filing, action, **body):
    head = {"If-Match": f'"{filing["version"]}"'}
    sent = {"json": body} if action not in ("submit", "claim", "release") else {}
    return who.post(f"/api/v1/filings/{filing['key']}/{action}", headers=head, **sent)


def through(company, reviewer, asked):
    filed = company.post("/api/v1/filings", json=asked | {"submit": True})
    assert filed.status_code == 201, filed.json
    claimed = step(reviewer, filed.json, "claim")
    assert claimed.status_code == 200, claimed.json
    done = step(reviewer, claimed.json, "approve", comment="已核对")
    assert done.status_code == 200, done.json
    return done.json


def test_port_hop_signature_letter_and_permit_go_through(caller, company, reviewer, trade):
    customer = caller("company_key", enterprise=trade.customer)
    assert through(company, reviewer, PORT)["entry_key"] == "10690123"

    hop = {"port": "1069012301", "to_enterprise": trade.customer}
    proposed = company.post("/api/v1/filings", json={"kind": "delegation", "content": hop, "submit": True}).json
    assert proposed["state"] == "proposed"
    accepted = step(customer, proposed, "accept").json
    claimed = step(reviewer, accepted, "claim").json
    assert step(reviewer, claimed, "approve", comment="合同已核对").json["state"] == "approved"

    letter = {"owner": trade.customer, "signatures": ["京东贸易"], "valid_until": "2030-01-01"}
    papers = [paper(trade.by_company)]
    lettered = through(company, reviewer, {"kind": "letter", "content": letter, "papers": papers})
    assert lettered["entry_key"].startswith("LTR-")

    signature = {"signature": "京东贸易", "owner": trade.customer, "letter": lettered["key"]}
    signed = through(company, reviewer, {"kind": "signature", "content": signature})
    assert {each["code"]: each["verdict"] for each in signed["checks"]}["F321"] == "pass"

    permit = {
        "signature": "京东贸易",
        "owner": trade.customer,
        "user": trade.customer,
        "port": "1069012301",
        "categories": ["verification", "notice"],
        "provinces": ["11", "31"],
        "monthly_volume": 100000,
        "links": ["jd.com"],
        "contacts": ["950618"],
        "valid_until": "2029-12-31",
    }
    done = through(company, reviewer, {"kind": "permit", "content": permit})
    assert [each["code"] for each in done["checks"] if each["verdict"] == "fail"] == []
    shown = reviewer.get(f"/api/v1/permits/{done['entry_key']}").json
    assert (shown["standing"], shown["filing"], shown["signature"]) == ("verified", done["key"], "京东贸易")

    end = {"subject_kind": "permit", "subject": done["entry_key"], "reason": "不再使用"}
    ended = through(customer, reviewer, {"kind": "withdrawal", "content": end})
    assert (ended["priority"], ended["entry_key"]) == ("P0", done["entry_key"])
    assert reviewer.get(f"/api/v1/permits/{done['entry_key']}").json["valid_until"] is not None


def test_an_enterprise_is_registered_by_filing_it(company, reviewer, trade):
    code = made.code()
    content = {
        "code": code,
        "name": "新客户有限公司",
        "legal_form": "company",
        "roles": ["end_user"],
        "industry": "F51",
    }
    papers = [paper(trade.by_company, "licence")]
    assert through(company, reviewer, {"kind": "enterprise", "content": content, "papers": papers})["entry_key"] == code
    assert reviewer.get(f"/api/v1/enterprises/{code}").status_code == 200


def test_a_reference_that_was_used_is_answered_with_the_first_filing(company):
    asked = PORT | {"referenceId": "no-17", "submit": False}
    first = company.post("/api/v1/filings", json=asked).json
    second = company.post("/api/v1/filings", json=asked | {"content": {"port": "10690999"}})
    assert second.status_code == 201
    assert (second.json["key"], second.json["content"]["port"]) == (first["key"], "10690123")
    assert [each["key"] for each in company.get("/api/v1/filings?referenceId=no-17").json["items"]] == [first["key"]]


def test_another_companys_filing_is_not_there(caller, company, trade):
    filing = company.post("/api/v1/filings", json=PORT).json
    stranger = caller("company_key", enterprise=trade.stranger)
    assert stranger.get(f"/api/v1/filings/{filing['key']}").status_code == 404
    assert stranger.get("/api/v1/filings").json["items"] == []
    for action in ("submit", "accept", "decline", "withdraw"):
        assert step(stranger, filing, action).status_code == 404, action


def test_companies_may_not_decide_and_staff_may_not_file(company, reviewer):
    filing = company.post("/api/v1/filings", json=PORT).json
    for action in ("claim", "approve", "return", "reject", "release"):
        assert step(company, filing, action).status_code == 403, action
    assert reviewer.post("/api/v1/filings", json=PORT).status_code == 403


def test_a_decision_names_the_version_it_decides_on(caller, company, reviewer):
    filing = company.post("/api/v1/filings", json=PORT).json
    path = f"/api/v1/filings/{filing['key']}"
    assert reviewer.post(f"{path}/claim").status_code == 428
    claimed = step(reviewer, filing, "claim")
    assert claimed.headers["ETag"] == f'"{claimed.json["version"]}"' == reviewer.get(path).headers["ETag"]
    stale = step(caller("reviewer"), filing, "claim")
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert step(reviewer, claimed.json, "claim").status_code == 409


def test_what_may_be_done_is_said(company, reviewer):
    filing = company.post("/api/v1/filings", json=PORT).json
    assert filing["actions"] == ["withdraw", "urge"]
    assert reviewer.get(f"/api/v1/filings/{filing['key']}").json["actions"] == ["claim"]
    assert step(reviewer, filing, "claim").json["actions"] == ["release", "approve", "return", "reject"]


def test_a_draft_is_its_companys_own_until_it_is_handed_in(company, reviewer):
    filing = company.post("/api/v1/filings", json=PORT | {"submit": False}).json
    assert reviewer.get(f"/api/v1/filings/{filing['key']}").status_code == 404
    assert step(company, filing, "submit").status_code == 200
    assert reviewer.get(f"/api/v1/filings/{filing['key']}").status_code == 200


def test_a_dry_run_says_what_the_checks_will_say_and_keeps_nothing(company):
    asked = {"kind": "permit", "content": {"signature": "无名", "port": "10690123", "categories": ["marketing"]}}
    answer = company.post("/api/v1/filings:check", json=asked)
    assert answer.status_code == 200, answer.json
    verdicts = {each["code"]: each for each in answer.json["items"]}
    assert verdicts["F401"]["verdict"] == "fail"
    assert verdicts["F401"]["fix"]["zh"] == "先报备签名"
    assert company.get("/api/v1/filings").json["items"] == []


@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        ({"port": "106901234567890123456"}, "content.port", "port_length"),
        ({"port": "1069O123"}, "content.port", "port_not_digits"),
        ({"port": "10690123", "holder": "91110000802100433C"}, "content.holder", "uscc_check_digit"),
        ({"port": "10690123", "max_length": 4}, "content.max_length", "out_of_range"),
        ({"port": "10690123", "max_length": 40}, "content.max_length", "invalid"),
        ({"port": "10690123", "provinces": ["99"]}, "content.provinces.0", "invalid"),
        ({"port": "10690123", "colour": "red"}, "content.colour", "invalid"),
        ({"port": "10690123", "valid_from": "yesterday"}, "content.valid_from", "invalid"),
        ({"port": "10690123", "valid_until": "2020-01-01"}, "content.valid_until", "F105"),
        ({"port": "10610123"}, "content.port", "F201"),
        ({}, "content.port", "invalid"),
    ],
)
def test_what_can_never_be_right_is_refused_with_its_field(company, content, field, code):
    answer = company.post("/api/v1/filings", json={"kind": "port", "content": content, "submit": True})
    assert answer.status_code == 422
    assert (field, code) in [(each["field"], each["code"]) for each in answer.json["errors"]], answer.json
    assert company.get("/api/v1/filings").json["items"] == []


def test_a_port_that_is_taken_for_the_time_is_refused(company, trade):
    made.port(trade.company)
    answer = company.post("/api/v1/filings", json=PORT)
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "F204")
    assert answer.json["errors"][0]["fix"]


def test_another_companys_paper_cannot_be_named(company, trade):
    answer = company.post("/api/v1/filings", json=PORT | {"papers": [paper(trade.by_stranger)]})
    assert (answer.status_code, answer.json["code"]) == (422, "no_such_paper")


def test_a_filing_keeps_its_kind_when_it_is_mended(company):
    filing = company.post("/api/v1/filings", json=PORT | {"submit": False}).json
    answer = step(company, filing, "mend", kind="signature", content={"signature": "红帆短信"})
    assert (answer.status_code, answer.json["code"]) == (422, "other_kind")
    mended = step(company, filing, "mend", kind="port", content={"port": "10690124", "use": "service"}).json
    assert (mended["content"]["port"], mended["state"]) == ("10690124", "draft")


def test_a_refusal_says_its_reasons_with_their_remedies(company, reviewer):
    filing = company.post("/api/v1/filings", json=PORT).json
    claimed = step(reviewer, filing, "claim").json
    assert step(reviewer, claimed, "return", reasons=[]).status_code == 422
    assert step(reviewer, claimed, "return", reasons=[{"code": "NONSENSE"}]).status_code == 422
    back = step(reviewer, claimed, "return", reasons=[{"code": "PURPOSE_UNCLEAR", "field": "use"}])
    assert back.status_code == 200, back.json
    [reason] = company.get(f"/api/v1/filings/{filing['key']}").json["decisions"][0]["reasons"]
    assert (reason["field"], reason["fix"]["zh"]) == ("use", "补充说明业务、用户和流量")


def test_reasons_and_checks_are_listed_in_both_languages(company):
    reasons = company.get("/api/v1/filings/reasons").json["items"]
    numbers = [each["number"] for each in reasons]
    assert numbers == sorted(set(numbers))
    assert {number // 100 for number in numbers} == {1, 2, 3, 4, 5}
    assert all(each["sentence"]["zh"] and each["fix"]["en"] for each in reasons)
    checks = company.get("/api/v1/filings/checks").json["items"]
    assert {"F101", "F201", "F321", "F410"} <= {each["code"] for each in checks}


def test_a_list_is_filtered_and_paged(company, reviewer):
    for digits in ("10690123", "10690124", "10690125"):
        company.post("/api/v1/filings", json=PORT | {"content": {"port": digits, "use": "service"}})
    first = reviewer.get("/api/v1/filings?state=submitted&kind=port&limit=2").json
    second = reviewer.get(f"/api/v1/filings?state=submitted&kind=port&limit=2&after={first['after']}").json
    assert (len(first["items"]), len(second["items"]), second["after"]) == (2, 1, "")
    assert reviewer.get("/api/v1/filings?state=lost").status_code == 422


@pytest.mark.parametrize("key", ["FLG-NONE", "%00", "a%00b", "%F0%9F%8D%8B", "x" * 3000])
def test_a_key_that_is_none_is_not_found(reviewer, key):
    assert reviewer.get(f"/api/v1/filings/{key}").status_code == 404
