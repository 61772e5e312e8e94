"""What the pages around filings say and do: a licence read off, what is late, files of rows, where a permit works."""

import datetime as dt
import io
import re

import pytest

from registry.filings import queries as filings
from registry.filings.bulk import queries as bulk
from registry.filings.bulk import service as bulk_service
from registry.filings.bulk import working
from registry.filings.kinds import Kind
from registry.gateway import service as gateway
from registry.gateway.values import Reported
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.notices import queries as notices
from registry.store import unit_of_work
from tests.admin.test_working import page_of
from tests.factories import registered

NAME = "新来有限公司"


@pytest.fixture
def new_enterprise(world, visitor):
    """The page of a filing that registers an enterprise, with a licence that nobody has read; and its code."""
    code = registered.code()
    form = {"code": code, "name": NAME, "papers": world.one.things["licence"], "submit": "1"}
    return page_of(visitor("company").post("/filings/new/enterprise", form)), code


def said_of_the_licence(page):
    found = filings.find(SYSTEM, page.rpartition("/")[2]).results
    return next(each.verdict.value for each in found if each.code == "F111")


def test_a_reviewer_reads_a_licence_off_on_the_filings_page_where_it_is_asked_for(world, visitor, new_enterprise):
    page, code = new_enterprise
    reviewer, paper = visitor("reviewer"), world.one.things["licence"]
    text = reviewer.get(page).text
    assert "尚无人录入证照上的名称和统一社会信用代码" in text
    assert "在此之前证照核对未完成，批量办理不含本报备。" in text
    form = re.search(
        r"<details class=\"do\" open><summary>录入证照主体</summary>\s*<form method=\"post\" action=\"([^\"]+)\"", text
    )
    assert "在此之前证照核对未完成" not in visitor("company").get(page).text
    said = {"name_on_it": NAME, "code_on_it": code}
    assert page_of(reviewer.post(form[1], said)) == page
    assert form[1] == f"{page}/papers/{paper}/reading"
    assert said_of_the_licence(page) == "pass"
    text = reviewer.get(page).text
    assert f"{NAME} {code}" in text
    assert "在此之前证照核对未完成" not in text
    page_of(reviewer.post(form[1], said | {"name_on_it": "别人有限公司"}))
    assert said_of_the_licence(page) == "fail"


def test_what_is_late_is_shown_in_the_queue_and_on_its_page(world, visitor):
    reviewer, page = visitor("reviewer"), f"/filings/{world.one.filings['submitted']}"
    assert ">超期<" not in reviewer.get(page).text
    with unit_of_work():
        filing = filings.find(SYSTEM, world.one.filings["submitted"])
        filing.due_at, key = clock.now() - dt.timedelta(days=1), filing.key
    assert ">超期<" in reviewer.get(page).text
    late = reviewer.get("/filings?late=1").text
    assert key in late
    assert ">超期<" in late
    assert world.one.filings["in_review"] not in late


def test_a_file_of_rows_is_handed_in_through_its_page_and_each_wrong_row_is_shown(world, visitor):
    company, code = visitor("company"), world.one.port
    rows = f"referenceId,port,use\nr-1,{code}61,service\nr-2,10690a,service\nr-3,10610123,service\n"

    def file(**more):
        return {"kind": "port", "file": (io.BytesIO(rows.encode()), "rows.csv")} | more

    page = page_of(company.post("/bulk", file(), content_type="multipart/form-data"))
    text = company.get(page).text
    assert "port_not_digits" in text
    assert "请填写3至20位数字，不含其他字符" in text
    assert "未通过检查：号码处于规划已开放的号段" in text
    assert "Check not passed" not in visitor("company", "en").get(page).text
    done = bulk.find(SYSTEM, page.rpartition("/")[2])
    assert (done.filed, done.refused) == (1, 2)
    result = company.get(f"{page}/result").text
    assert "r-2" in result
    assert "refused" in result
    whole = page_of(company.post("/bulk", file(whole="1"), content_type="multipart/form-data"))
    assert bulk.find(SYSTEM, whole.rpartition("/")[2]).state.value == "undone"
    nothing = company.post("/bulk", {"kind": "port"}, content_type="multipart/form-data")
    assert nothing.status_code == 422


def test_a_file_under_way_shows_how_far_it_is_and_looks_again(world, visitor, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "SLICE", 1)
    path = tmp_path / "rows.csv"
    path.write_text("referenceId,port,use\n" + "".join(f"r{n},{world.one.port}7{n},service\n" for n in range(3)))
    kept = bulk_service.keep(SYSTEM, Kind.PORT, path, path.name, applicant=world.one.code)

    def die(_done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk_service.work(SYSTEM, kept.key, die)
    page = visitor("company").get(f"/bulk/{kept.key}")
    assert '<progress max="3" value="1">' in page.text
    assert page.headers["Refresh"] == "5"


def test_a_permit_says_at_how_many_gateways_it_is_active(world, visitor):
    permit, company = world.one.things["permit"], visitor("company")
    assert "已在 2 个网关中的 2 个生效" in company.get(f"/permits/{permit}").text
    gateway.report(SYSTEM, "gw-2", [Reported(permit, "failed", "EXT_CODE_RECYCLE")])
    text = company.get(f"/permits/{permit}").text
    assert "已在 2 个网关中的 1 个生效" in text
    assert "EXT_CODE_RECYCLE" in text


def test_a_delivery_that_was_given_up_is_sent_once_more_by_its_button(world, visitor):
    company, page = visitor("company"), f"/deliveries/{world.one.things['delivery']}"
    assert f"{page}/replay" in company.get(page).text
    assert page_of(company.act(page, "replay")) == page
    delivery = notices.delivery(SYSTEM, world.one.things["delivery"])
    assert (delivery.state.value, delivery.tries) == ("waiting", 0)
    assert f"{page}/replay" not in company.get(page).text


def test_the_form_of_a_change_of_an_enterprise_says_that_what_is_left_empty_stays(visitor):
    text = visitor("company").get("/filings/new/enterprise_change").text
    assert "留空的内容保持不变" in text
    assert 'name="clear" value="province"' in text
    assert "留空的内容保持不变" not in visitor("company").get("/filings/new/enterprise").text


def test_a_port_leads_to_a_change_of_it(world, visitor):
    company, link = visitor("company"), f"/filings/new/port_change?port={world.one.port}"
    assert link in company.get(f"/ports/{world.one.port}").text
    text = company.get(link).text
    assert f'value="{world.one.port}"' in text
    assert "留空的内容保持不变" in text
    assert "不选表示全部" not in text
    page = page_of(
        company.post("/filings/new/port_change", {"port": world.one.port, "max_length": "15", "submit": "1"})
    )
    assert "端口变更" in visitor("reviewer").get(page).text


def test_a_signature_leads_to_a_change_of_its_source(world, visitor):
    key = registered.signature(world.one.code, "红帆应用", source="app").key
    company, link = visitor("company"), f"/filings/new/signature_change?subject={key}"
    assert link in company.get(f"/signatures/{key}").text
    text = company.get(link).text
    assert f'value="{key}"' in text
    assert "留空的内容保持不变" in text
    form = {"subject": key, "source": "company_name", "submit": "1"}
    page = page_of(company.post("/filings/new/signature_change", form))
    assert "签名变更" in visitor("reviewer").get(page).text


def test_a_contact_is_reported_accepted_shown_with_its_enterprise_and_a_telephone_whole_for_a_reason(world, visitor):
    company, reviewer = visitor("company"), visitor("reviewer")
    form = {"part": "telephone", "changed_on": f"{world.day}", "value": "010-87654321"}
    page_of(company.post("/contact-changes", form))
    known = {f"/contact-changes/{world.one.things[each]}" for each in ("change", "expected_change")}
    [page] = set(re.findall(r"/contact-changes/CTC-[\w-]+", company.get("/contact-changes").text)) - known
    page_of(reviewer.act(page, "decide/accept"))
    assert "010****4321" in company.get(f"/enterprises/{world.one.code}").text
    assert "87654321" not in reviewer.get(page).text
    assert "01087654321" in reviewer.post(f"{page}/unmask", {"reason": "电话核实"}).text
    assert reviewer.post(f"{page}/unmask", {"reason": ""}).status_code == 422
    assert company.post(f"{page}/unmask", {"reason": "电话核实"}).status_code == 403
    missing = company.post("/contact-changes", form | {"part": "address", "value": ""})
    assert missing.status_code == 422
    assert "未填写变更后的内容" in missing.text
