"""What has changed of a registered enterprise is filed, checked as at its registration, and decided on."""

import pytest
import sqlalchemy as sa

from registry.audit import queries as audit
from registry.changes.model import Change
from registry.enterprises import queries as enterprises
from registry.filings import service
from registry.filings.changing import EnterpriseChangeContent
from registry.kernel.errors import Conflict, Forbidden, Invalid
from registry.kernel.paging import PageRequest
from registry.notices import queries as notices
from registry.store import db
from tests.filings.conftest import approved, handed_in, paper
from tests.filings.test_api import step, through

NEW = {"licence": "B2-20260009", "licence_until": "2031-01-01", "industry": "I65", "province": "11"}


@pytest.fixture
def company(caller, trade):
    return caller("company_key", enterprise=trade.company)


@pytest.fixture
def reviewer(caller):
    return caller("reviewer")


def change_of(trade, **values):
    return EnterpriseChangeContent(trade.company, **values)


def filed(trade, content):
    return handed_in(trade.by_company, content, papers=[paper(trade.by_company, "licence")])


def verdicts(checks):
    return {each["code"]: each["verdict"] for each in checks}


def test_a_company_files_its_new_licence_and_the_rest_of_it_stays(company, reviewer, trade):
    before = enterprises.find(trade.company)
    kept = (before.name, before.roles, before.legal_form)
    asked = {"kind": "enterprise_change", "content": NEW, "papers": [paper(trade.by_company, "licence")]}
    done = through(company, reviewer, asked)
    assert (done["entry_kind"], done["entry_key"]) == ("enterprise", trade.company)
    assert {"F101", "F103", "F106", "F108", "F131", "F501"} <= set(verdicts(done["checks"]))
    assert "fail" not in verdicts(done["checks"]).values()
    shown = company.get(f"/api/v1/enterprises/{trade.company}").json
    assert {name: shown[name] for name in ("licence", "industry", "province")} == {
        name: NEW[name] for name in ("licence", "industry", "province")
    }
    assert shown["licence_until"].startswith("2031-01-01")
    row = enterprises.find(trade.company)
    assert (row.name, row.roles, row.legal_form) == kept
    event = audit.history("enterprise", trade.company)[-1]
    assert (event.action, event.after["licence"]) == ("enterprise.amended", "B2-20260009")
    actions = sa.select(Change.action).where(Change.kind == "enterprise", Change.key == trade.company)
    assert list(db.session.scalars(actions.order_by(Change.position)))[-1] == "changed"
    heard = notices.listed(trade.by_company, PageRequest("", 10)).items
    assert "filing.approved" in {each.event for each in heard}


def test_a_new_name_is_filed_and_the_former_one_is_kept(trade):
    filing = handed_in(
        trade.by_company, change_of(trade, name="红帆通信有限公司"), papers=[paper(trade.by_company, "licence")]
    )
    approved(trade, filing)
    assert enterprises.find(trade.company).name == "红帆通信有限公司"
    assert [each.name for each in enterprises.former_names(trade.company)] == ["红帆短信服务有限公司"]


def test_the_door_that_the_licence_check_points_to_is_there(trade, company, reviewer):
    asked = {"kind": "port", "content": {"port": "10690123", "use": "service", "valid_until": "2040-01-01"}}
    content = {"licence": "B2-20260009", "licence_until": "2050-01-01"}
    papers = [paper(trade.by_company, "licence")]
    through(company, reviewer, {"kind": "enterprise_change", "content": content, "papers": papers})
    checks = company.post("/api/v1/filings:check", json=asked).json["items"]
    assert verdicts(checks)["F104"] == "pass"


def test_nobody_files_it_for_another_nor_without_a_paper_nor_without_a_change(trade, company):
    with pytest.raises(Invalid) as refused:
        handed_in(trade.by_stranger, change_of(trade, name="改名有限公司"))
    assert {each.code for each in refused.value.fields} >= {"F501"}
    bare = company.post("/api/v1/filings:check", json={"kind": "enterprise_change", "content": {"province": "31"}})
    assert verdicts(bare.json["items"])["F106"] == "fail"
    empty = company.post("/api/v1/filings", json={"kind": "enterprise_change", "content": {}})
    assert (empty.status_code, empty.json["errors"][0]["field"]) == (422, "content.name")
    wrong = company.post("/api/v1/filings", json={"kind": "enterprise_change", "content": {"industry": "ZZ"}})
    assert (wrong.status_code, wrong.json["errors"][0]["field"]) == (422, "content.industry")


def test_a_licence_on_file_serves_again_where_nothing_changes_that_stands_on_it(trade):
    def asked(**values):
        told = service.dry_run(trade.by_company, change_of(trade, **values))
        return told.relied_on, next(each.verdict.value for each in told.results if each.code == "F106")

    assert asked(industry="I65") == ([], "fail"), "none is on file yet"
    key = paper(trade.by_company, "licence")
    assert asked(industry="I65") == ([key], "pass")
    for values in ({"name": "改名有限公司"}, {"province": "31"}, {"industry": "I65", "licence": "B2-20260009"}):
        assert asked(**values) == ([], "fail")


def test_what_is_left_empty_stays_and_what_is_to_go_is_named(trade, company, reviewer):
    papers = [paper(trade.by_company, "licence")]
    through(company, reviewer, {"kind": "enterprise_change", "content": NEW, "papers": papers})
    asked = {"kind": "enterprise_change", "content": {"clear": ["licence", "province"]}, "papers": papers}
    through(company, reviewer, asked)
    row = enterprises.find(trade.company)
    assert (row.licence, row.licence_until, row.province, row.industry) == ("", None, "", "I65")
    for content in (
        {"clear": ["name"]},
        {"clear": ["licence"], "licence": "B2-1"},
        {"clear": ["licence"], "licence_until": "2031-01-01"},
    ):
        refused = company.post("/api/v1/filings", json={"kind": "enterprise_change", "content": content})
        fields = {each["field"].removesuffix(".0") for each in refused.json["errors"]}
        assert (refused.status_code, fields) == (422, {"content.clear"})


def test_what_stands_so_already_is_not_approved_as_a_change(trade, company):
    filing = handed_in(
        trade.by_company, change_of(trade, licence="B2-20200001"), papers=[paper(trade.by_company, "licence")]
    )
    with pytest.raises(Conflict) as refused:
        approved(trade, filing)
    assert refused.value.code == "nothing_changes"


def test_to_become_a_carrier_takes_two(trade):
    filing = filed(trade, change_of(trade, roles=("sms_service_company", "carrier")))
    assert filing.needs_two == ["SENSITIVE_ROLE"]
    assert approved(trade, filing).state == "awaiting_second"
    assert enterprises.find(trade.company).roles == ["sms_service_company"]
    assert service.approve(trade.wang, filing.key, comment="已核对").state == "approved"
    assert set(enterprises.find(trade.company).roles) == {"sms_service_company", "carrier"}


def test_a_company_does_not_decide_on_its_own_change(trade, company):
    filing = filed(trade, change_of(trade, province="31"))
    with pytest.raises(Forbidden):
        service.approve(trade.by_company, filing.key)
    shown = company.get(f"/api/v1/filings/{filing.key}").json
    assert step(company, shown, "approve", comment="x").status_code == 403
