"""The console's work: filing and reviewing, working a finding, looking back, measures, records, keys."""

import io
import re

import pytest
import sqlalchemy as sa

from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.store import db
from tests.factories.two_companies import PDF

NO_RECORDS = "submitted_at,content\n"


@pytest.fixture
def company(visitor):
    return visitor("company")


@pytest.fixture
def reviewer(visitor):
    return visitor("reviewer")


def page_of(answer):
    """The page to which a done action leads."""
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def jobs_waiting(name):
    query = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name AND status = 'todo'")
    return db.session.scalar(query, {"name": name})


def test_a_company_files_an_extension_and_a_reviewer_approves_it(world, company, reviewer):
    form = {"port": f"{world.one.port}77", "use": "service", "signing": "single", "submit": "1"}
    page = page_of(company.post("/filings/new/port", form))
    assert "待审核" in company.get(page).text
    page_of(reviewer.act(page, "claim"))
    text = reviewer.get(page).text
    assert "审核中" in text
    assert "号码处于规划已开放的号段" in text
    assert "尚无人查询；此处不要求查询结果。" in text
    done = reviewer.act(page, "approve", comment="材料齐全")
    assert page_of(done) == page
    assert "已核准" in reviewer.get(page).text
    assert reviewer.get(f"/ports/{world.one.port}77").status_code == 200


def test_a_form_that_is_sent_twice_files_once_and_a_changed_one_anew(world, company):
    [key] = re.findall(r'name="form" value="(\w+)"', company.get("/filings/new/port").text)
    form = {"port": f"{world.one.port}78", "use": "service", "signing": "single", "submit": "1", "form": key}
    page = page_of(company.post("/filings/new/port", form))
    assert page_of(company.post("/filings/new/port", form)) == page
    assert page_of(company.post("/filings/new/port", form | {"port": f"{world.one.port}79"})) != page
    assert f"form-{key}" not in company.get(page).text


def test_every_kind_of_filing_has_its_form_and_a_permit_leads_to_those_that_change_it(world, company):
    page = company.get("/filings/new").text
    for kind in Kind:
        assert f"/filings/new/{kind}" in page
        assert company.get(f"/filings/new/{kind}").status_code == 200
    permit = company.get(f"/permits/{world.one.things['permit']}").text
    for kind in ("scope_change", "renewal", "template", "temporary_permit", "beneficiaries"):
        assert f"/filings/new/{kind}?" in permit
    form = company.get(f"/filings/new/scope_change?permit={world.one.things['permit']}").text
    assert f'value="{world.one.things["permit"]}"' in form


def test_an_enterprise_page_leads_to_a_change_of_it_and_staff_give_it_another_name(world, company, visitor):
    page = f"/enterprises/{world.one.code}"
    link = f"/filings/new/enterprise_change?enterprise={world.one.code}"
    assert link in company.get(page).text
    assert "更名" not in company.get(page).text
    form = {"enterprise": world.one.code, "licence": "B2-20260009", "submit": "1"}
    assert "待审核" in company.get(page_of(company.post("/filings/new/enterprise_change", form))).text
    supervisor = visitor("supervisor")
    renamed = page_of(supervisor.act(page, "rename", name="更了名的有限公司", reason="工商变更"))
    assert "更了名的有限公司" in supervisor.get(renamed).text
    assert supervisor.post(f"{page}/rename", {"version": "1", "name": "再更名"}).status_code == 412


def test_merchants_are_filed_one_a_line_and_shown_so(world, company):
    form = {"permit": world.one.things["permit"], "add": "shop-1; 一号店; a.cn b.cn; 4008000000\nshop-2；二号店"}
    page = company.get(page_of(company.post("/filings/new/beneficiaries", form))).text
    for said in ("shop-1", "一号店", "a.cn b.cn", "shop-2", "二号店"):
        assert said in page


def test_a_filing_is_returned_with_reasons_mended_and_handed_in_again(world, company, reviewer):
    page = f"/filings/{world.one.filings['submitted']}"
    page_of(reviewer.act(page, "claim"))
    reasons = {"code": ["ASSIGNMENT_NOT_PROVEN", "", "", ""], "field": ["port", "", "", ""]}
    page_of(reviewer.act(page, "return", **reasons, reason_comment=["缺证书", "", "", ""], comment="请补充"))
    text = company.get(page).text
    assert "未证明号码由主管部门分配" in text
    assert "上传码号使用证书" in text
    assert reviewer.email not in text
    assert "退回待补正的报备" in company.get("/").text
    form = company.get(f"{page}/mend").text
    version = re.search(r'name="version" value="(\d+)"', form)[1]
    file = {"paper": (io.BytesIO(PDF), "certificate.pdf"), "paper_kind": "other"}
    sent = {"version": version, "port": f"{world.one.port}12", "use": "service", "submit": "1"}
    page_of(company.post(f"{page}/mend", sent | file, content_type="multipart/form-data"))
    text = reviewer.get(page).text
    assert "待审核" in text
    assert "certificate.pdf" in text


def test_a_refusal_without_a_reason_is_refused(world, visitor):
    reviewer = visitor("reviewer")
    page = f"/filings/{world.one.filings['submitted']}"
    page_of(reviewer.act(page, "claim"))
    answer = reviewer.act(page, "reject", code=[""], field=[""], reason_comment=[""])
    assert answer.status_code == 422
    assert "至少须选择一项原因" in answer.text


def test_what_can_never_be_right_is_told_beside_its_field_and_nothing_is_lost(world, company):
    before = db.session.scalar(sa.select(sa.func.count(Filing.id)))
    answer = company.post("/filings/new/port", {"port": f"{world.one.port}01", "use": "service", "submit": "1"})
    assert answer.status_code == 422
    assert "wrong-text" in answer.text
    assert f'value="{world.one.port}01"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Filing.id))) == before


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("port", {"port": "10A"}),
        ("port", {"port": "1069", "max_length": "viele"}),
        ("port", {"port": "1069", "valid_from": "bald"}),
        ("permit", {"signature": "x", "port": "1069"}),
        ("enterprise", {"code": "911101080000000011", "name": "x"}),
        ("letter", {"owner": "x", "signatures": ""}),
    ],
)
def test_a_form_that_cannot_be_read_comes_back_with_its_objections(company, kind, form):
    answer = company.post(f"/filings/new/{kind}", form)
    assert answer.status_code == 422
    assert "note-danger" in answer.text


def test_a_paper_that_is_none_is_refused(company, world):
    file = {"paper": (io.BytesIO(b"MZ"), "letter.pdf"), "paper_kind": "letter", "port": f"{world.one.port}78"}
    answer = company.post("/filings/new/port", file, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_two_who_decide_at_once_do_not_both_decide(world, visitor):
    first, second = visitor("reviewer"), visitor("reviewer")
    page = f"/filings/{world.one.filings['submitted']}"
    version = second.version(page)
    page_of(first.act(page, "claim"))
    answer = second.post(f"{page}/claim", {"version": version})
    assert answer.status_code == 412
    assert "已有人先处理" in answer.text
    assert "领取审核" in answer.text
    assert "审核中" in answer.text


def test_the_other_company_accepts_a_delegation(world, company):
    page = f"/filings/{world.one.filings['offered']}"
    assert "待对方接受" in company.get(page).text
    page_of(company.act(page, "accept", comment=""))
    assert "待审核" in company.get(page).text


def test_a_finding_goes_from_notice_to_a_measure_and_the_measure_is_lifted(world, visitor, company):
    analyst = visitor("analyst")
    page = f"/findings/{world.one.findings['open']}"
    assert company.get(page).status_code == 404
    page_of(analyst.act(page, "notify", text="请说明这些签名", due=""))
    assert "请说明这些签名" in company.get(page).text
    page_of(company.act(page, "answer", text="客户自行使用"))
    page_of(analyst.act(page, "judge", verdict="sublet_proven", text="未报备"))
    text = analyst.get(page).text
    assert "已认定" in text
    form = re.search(r'href="(/measure-form\?[^"]*signature[^"]*)"', text)[1].replace("&amp;", "&")
    assert analyst.get(form).status_code == 200
    stated = {"reason": "转租转借", "remedy": "停止使用", "materials": "情况说明", "appeal_channel": "10086"}
    said = {"subject_kind": "signature", "subject": world.one.things["signature"], "action": "suspend", "at_once": "1"}
    finding = {"finding": page.rpartition("/")[2]}
    measure = page_of(analyst.post("/measures", stated | said | finding))
    permit = company.get(f"/permits/{world.one.things['permit']}").text
    assert "当前有处置措施限制此许可" in permit
    assert analyst.act(measure, "lift", reason="").status_code == 422
    page_of(analyst.act(measure, "lift", reason="已整改"))
    assert "当前有处置措施限制此许可" not in company.get(f"/permits/{world.one.things['permit']}").text
    assert "待复看的解除" in visitor("supervisor").get("/").text


def test_who_limits_says_reason_remedy_materials_and_appeal(world, visitor):
    said = {"subject_kind": "port", "subject": world.one.port, "action": "suspend", "at_once": "1", "reason": "x"}
    answer = visitor("analyst").post("/measures", said)
    assert answer.status_code == 422
    assert "补救办法" in answer.text


def test_a_verdict_is_one_of_the_list(world, visitor):
    analyst = visitor("analyst")
    page = f"/findings/{world.one.findings['answered']}"
    assert analyst.act(page, "judge", verdict="guilty", text="x").status_code == 422
    assert analyst.act(page, "notify", text="x", due="soon").status_code == 422


def test_a_run_of_the_rules_is_ordered_once_with_its_job(world, visitor):
    analyst, day = visitor("analyst"), world.day.isoformat()
    before = jobs_waiting("detection.run")
    page_of(analyst.post("/detection", {"from_day": day, "to_day": day}))
    assert jobs_waiting("detection.run") == before + 1
    assert "检测正在进行" in analyst.get("/detection").text
    assert analyst.post("/detection", {"from_day": "", "to_day": day}).status_code == 422
    assert analyst.post("/detection", {"from_day": day, "to_day": "2001-01-01"}).status_code == 422
    assert visitor("reviewer").post("/detection", {"from_day": day, "to_day": day}).status_code == 403


def test_a_plan_is_made_rested_and_run_by_the_worker(world, visitor):
    analyst = visitor("analyst")
    form = {"name": "每周", "cohort": "port_prefix", "value": world.one.port, "days": "7", "sample": "5"}
    assert analyst.post("/lookback/plans", form | {"days": "x"}).status_code == 422
    assert analyst.post("/lookback/plans", form | {"value": "x"}).status_code == 422
    page_of(analyst.post("/lookback/plans", form))
    text = analyst.get("/lookback").text
    assert "每周" in text
    key = re.search(r"每周</strong><br><span[^>]*>(LBP-[^<]+)", text)[1]
    run = page_of(analyst.post(f"/lookback/plans/{key}/run"))
    assert jobs_waiting("lookback.run") == 1
    assert "已安排" in analyst.get(run).text
    page_of(analyst.post(f"/lookback/plans/{key}/rest"))
    page_of(analyst.post(f"/lookback/plans/{key}/resume"))


def test_a_holder_answers_with_a_paper_and_staff_judges(world, visitor, company):
    page = f"/lookback/items/{world.one.items['needs_answer']}"
    form = {"version": company.version(page), "text": "已停止转租", "paper": (io.BytesIO(PDF), "proof.pdf")}
    page_of(company.post(f"{page}/answer", form, content_type="multipart/form-data"))
    analyst = visitor("analyst")
    assert "已停止转租" in analyst.get(page).text
    page_of(analyst.act(page, "ask", text="还差一份", due=""))
    page_of(analyst.act(page, "except", text="等待换证", until="2099-01-01"))
    assert analyst.act(page, "except", text="", until="").status_code == 422


def test_the_report_of_a_run_is_saved_in_the_readers_language(world, visitor):
    run = f"/lookback/runs/{world.one.items['run']}"
    page = visitor("analyst", "en").get(f"{run}/report.html")
    assert 'attachment; filename="LBR-' in page.headers["Content-Disposition"]
    assert '<html lang="en">' in page.text
    assert visitor("analyst").get(f"{run}/report.csv").text.startswith("run,")
    assert visitor("analyst").get(f"{run}/report.exe").status_code == 404


def test_an_owner_confirms_or_denies_a_letter(world, company):
    letters = company.get("/letters?confirmation=none").text
    assert world.one.things["letter"] in letters
    path = f"/letters/{world.one.things['letter']}"
    assert company.post(f"{path}/answer", {"answer": "perhaps"}).status_code == 404
    page_of(company.post(f"{path}/answer", {"answer": "confirm"}))
    assert "所有人已确认" in company.get(path).text
    page_of(company.post(f"{path}/answer", {"answer": "revoke", "reason": "合作终止"}))
    assert "所有人已撤销" in company.get(path).text
    assert company.post(f"/letters/{world.other.things['letter']}/answer", {"answer": "denied"}).status_code == 404


def test_a_file_of_records_is_taken_in_once(world, visitor):
    analyst = visitor("analyst")
    good, bad = (f"{at},{world.one.port},【甲通信】您好\n" for at in ("2026-05-01T10:00:00+08:00", "bad"))
    text = f"submitted_at,port,content\n{good}{bad}"

    def send(content, name="records.csv"):
        form = {"file": (io.BytesIO(content.encode()), name), "gateway": "G9"}
        return analyst.post("/traffic", form, content_type="multipart/form-data")

    first, again = send(text), send(text)
    assert "读取 2 行，接受 1 行，拒绝 1 行" in first.text
    assert "此文件先前已接收" in again.text
    refused = send(NO_RECORDS)
    assert refused.status_code == 422
    assert "文件缺少必需的列" in refused.text
    assert send("x", "records.exe").status_code == 422
    assert analyst.post("/traffic").status_code == 422


def test_an_administrator_makes_and_withdraws_a_key_that_is_shown_once(visitor):
    person = visitor("administrator")
    made = person.post("/keys", {"name": "gateway 9", "roles": "gateway", "expires_at": "2099-01-01"})
    key = re.search(r'id="new-key">(smsr_[^<]+)<', made.text)[1]
    assert key not in person.get("/keys").text
    page_of(person.post(f"/keys/{key.split('_')[1]}/withdraw"))
    for wrong in ({"roles": "king"}, {"roles": "gateway", "expires_at": "soon"}, {"roles": "company_key"}):
        assert person.post("/keys", {"name": "x"} | wrong).status_code == 422


def test_an_administrator_opens_resets_and_closes_accounts(visitor):
    person = visitor("administrator")
    made = person.post("/accounts", {"email": "new@example.com", "name": "新", "roles": ["reviewer", "analyst"]})
    assert re.search(r'id="new-password">[a-z2-9-]{23}<', made.text)
    assert 'id="new-password"' in person.post("/accounts/reset", {"email": "new@example.com"}).text
    page_of(person.post("/accounts/close", {"email": "new@example.com"}))
    assert person.post("/accounts", {"email": "new@example.com", "name": "x", "roles": "reviewer"}).status_code == 409
    assert person.post("/accounts", {"email": "x", "name": "x", "roles": "reviewer"}).status_code == 422
    assert person.post("/accounts/close", {"email": "nobody@example.com"}).status_code == 404


def test_a_reviewer_selects_all_at_once_opens_the_sample_and_decides(world, company, reviewer):
    ports = [f"{world.one.port}{number}" for number in (81, 82)]
    filed = [
        page_of(company.post("/filings/new/port", {"port": port, "use": "service", "signing": "single", "submit": "1"}))
        for port in ports
    ]
    keys = [page.rpartition("/")[2] for page in filed]
    ticked = re.compile(r'name="filing" value="([\w-]+)" aria-label="[\w-]+" checked')
    assert ticked.findall(reviewer.get("/batches").text) == []
    assert set(keys) <= set(ticked.findall(reviewer.get("/batches?all=1").text))
    page = page_of(reviewer.post("/batches", {"filing": keys}))
    assert page.rpartition("/")[2] in reviewer.get("/batches").text, "a drawn batch is found again"
    text = reviewer.get(page).text
    assert all(port in text for port in ports), "a row says what is filed"
    assert "还剩 2 件" in text
    assert reviewer.post(f"{page}/decide").status_code == 409
    for key in keys:
        opened = page_of(reviewer.post(f"{page}/look", {"filing": key}))
        assert opened.startswith(f"/filings/{key}?")
        assert f'href="{page}"' in reviewer.get(opened).text, "from the filing back to the batch"
    page_of(reviewer.post(f"{page}/decide"))
    text = reviewer.get(page).text
    assert "全部同意" not in text
    assert text.count("已核准") == 2
    assert page.rpartition("/")[2] not in reviewer.get("/batches").text


def test_what_was_ticked_stays_ticked_when_no_batch_can_be_drawn(world, company, reviewer):
    form = {"port": f"{world.one.port}83", "use": "service", "signing": "single", "submit": "1"}
    key = page_of(company.post("/filings/new/port", form)).rpartition("/")[2]
    refused = reviewer.post("/batches", {"filing": [key, "FLG-none"]})
    assert refused.status_code == 422
    assert f'value="{key}" aria-label="{key}" checked' in refused.text


def test_another_reviewers_batch_is_shown_and_offers_nothing(world, reviewer):
    text = reviewer.get(f"/batches/{world.things['batch']}").text
    assert "尚未打开" in text
    assert "全部同意" not in text
