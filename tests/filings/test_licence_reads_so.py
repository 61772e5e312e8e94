"""Whose a licence is, as it stands on it: entered at upload or on the filing, and held against what is filed."""

import io

import pytest

from registry.audit import queries as audit
from registry.enterprises.values import EnterpriseValues
from registry.filings import queries, service
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from registry.papers import service as papers
from tests.conftest import actor
from tests.factories import registered as made
from tests.filings.conftest import handed_in, paper
from tests.papers.test_papers import PDF

NAME = "新来有限公司"


def licence(trade, **read):
    return papers.upload(trade.by_company, PDF, "licence.pdf", "licence", **read).key


@pytest.fixture
def filed(trade):
    """A new enterprise that the company files, with a licence that nobody has read."""
    return handed_in(trade.by_company, EnterpriseValues(made.code(), NAME), papers=[licence(trade)])


def said(filing):
    [found] = [each for each in queries.find(SYSTEM, filing.key).results if each.code == "F111"]
    return found


def test_a_licence_that_nobody_read_is_not_checked_and_the_fix_is_said(filed):
    found = said(filed)
    assert found.verdict == "not_checked"
    assert "录入其上的名称和代码" in found.fix["zh"]


def test_staff_reads_it_and_the_checks_run_again(trade, filed):
    code, key = filed.content["code"], filed.papers[0]
    service.read_off(trade.li, key, "别人有限公司", code)
    found = said(filed)
    assert found.verdict == "fail"
    assert "别人有限公司" in found.reason["zh"]
    assert NAME in found.reason["zh"]
    service.read_off(trade.li, key, NAME, made.code())
    assert said(filed).verdict == "fail"
    row = service.read_off(trade.li, key, NAME, code)
    assert said(filed).verdict == "pass"
    assert (row.name_on_it, row.code_on_it, row.read_by_staff) == (NAME, code, True)
    event = audit.history("paper", key)[-1]
    assert (event.action, event.after["name_on_it"], event.actor) == ("paper.read_off", NAME, "li")


def test_the_uploader_says_it_first_and_does_not_change_what_staff_said(trade):
    code = made.code()
    content = EnterpriseValues(code, NAME)
    filing = handed_in(trade.by_company, content, papers=[licence(trade, name_on_it=NAME, code_on_it=code)])
    assert said(filing).verdict == "pass"
    service.read_off(trade.li, filing.papers[0], "别人有限公司", code)
    with pytest.raises(Conflict):
        service.read_off(trade.by_company, filing.papers[0], NAME, code)
    licence(trade, name_on_it=NAME, code_on_it=code)  # the same file again
    assert said(filing).verdict == "fail"


def relied_on(trade, code):
    return service.dry_run(trade.by_company, EnterpriseValues(code, NAME)).relied_on


def test_a_licence_on_file_serves_again_for_the_enterprise_whose_it_is_and_for_no_other(trade, filed):
    code, key = filed.content["code"], filed.papers[0]
    assert relied_on(trade, code) == [key]
    assert relied_on(trade, made.code()) == [], "the applicant's other customers have their own"
    assert relied_on(trade, trade.company) == [key], "unread, it may be the applicant's"
    service.read_off(trade.li, key, NAME, code)
    assert relied_on(trade, code) == [key]
    assert relied_on(trade, trade.company) == []
    other = made.code()
    service.read_off(trade.li, key, "别人有限公司", other)
    assert (relied_on(trade, code), relied_on(trade, other)) == ([], [key])


def test_only_of_a_licence_and_by_whom_it_concerns(trade, filed):
    with pytest.raises(Invalid):
        service.read_off(trade.li, paper(trade.by_company), NAME)
    with pytest.raises(Invalid):
        service.read_off(trade.li, filed.papers[0], " ")
    with pytest.raises(NotFound):
        service.read_off(trade.by_stranger, filed.papers[0], NAME)
    with pytest.raises(Forbidden):
        service.read_off(actor("regulator"), filed.papers[0], NAME)


def test_the_api_takes_it_with_the_upload_and_on_the_filing(trade, caller):
    company, code = caller("company_key", enterprise=trade.company), made.code()
    form = {"kind": "licence", "name_on_it": NAME, "code_on_it": code, "file": (io.BytesIO(PDF), "licence.pdf")}
    sent = company.post("/api/v1/papers", data=form)
    assert (sent.status_code, sent.json["name_on_it"], sent.json["read_by_staff"]) == (201, NAME, False)
    body = {"kind": "enterprise", "content": {"code": code, "name": NAME}, "papers": [sent.json["key"]], "submit": True}
    filing = company.post("/api/v1/filings", json=body).json
    assert {each["code"]: each["verdict"] for each in filing["checks"]}["F111"] == "pass"
    address = f"/api/v1/papers/{sent.json['key']}/reading"
    read = caller("reviewer").post(address, json={"name_on_it": "别人有限公司"})
    assert (read.status_code, read.json["read_by_staff"], read.json["code_on_it"]) == (200, True, "")
    shown = company.get(f"/api/v1/filings/{filing['key']}").json
    assert {each["code"]: each["verdict"] for each in shown["checks"]}["F111"] == "fail"
    assert company.post(address, json={"name_on_it": NAME}).status_code == 409
