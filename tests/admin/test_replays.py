"""Asking past records from the console: a question is put through its form, answered by the worker, and read."""

import re

from registry.kernel.actor import SYSTEM
from registry.replays import queries, service
from tests.admin.test_working import jobs_waiting, page_of


def test_a_question_is_put_with_the_parameters_of_its_rule_and_read_when_it_is_answered(world, visitor):
    analyst, day = visitor("analyst"), world.day.isoformat()
    form = analyst.get("/replays?rule=S101").text
    fields = dict(re.findall(r'name="(parameter-\w+)" value="([^"]*)" min="0" max="1000000000"', form))
    assert fields == {"parameter-least_messages": "1"}
    before = jobs_waiting("detection.replay")
    said = {"rule": "S101", "from_day": day, "to_day": day, "filing": "", "parameter-least_messages": "31"}
    page = page_of(analyst.post("/replays", said))
    assert jobs_waiting("detection.replay") == before + 1
    assert "试算尚未完成" in analyst.get(page).text
    service.carry_out(SYSTEM, page.rpartition("/")[2])
    answer = analyst.get(page).text
    assert "不再发现" in answer
    assert world.one.findings["open"] in answer, "what would no longer be found leads to its finding"


def test_what_cannot_be_asked_is_said_on_the_page(world, visitor):
    analyst, day = visitor("analyst"), world.day.isoformat()
    said = {"rule": "S101", "from_day": day, "to_day": day, "filing": "", "parameter-least_messages": "1"}
    for wrong in ({"parameter-least_messages": "-1"}, {"parameter-least_messages": ""}, {"from_day": ""}):
        assert analyst.post("/replays", said | wrong).status_code == 422, wrong
    assert analyst.post("/replays", said | {"filing": world.one.filings["submitted"]}).status_code == 422
    assert analyst.post("/replays", said | {"filing": "FLG-none"}).status_code == 404
    assert visitor("reviewer").post("/replays", said).status_code == 403


def test_a_finding_is_applied_again_from_its_page(world, visitor):
    analyst, key = visitor("analyst"), world.one.findings["spare"]
    assert f"/findings/{key}/explanation" in analyst.get(f"/findings/{key}").text
    page = page_of(analyst.post(f"/findings/{key}/explanation"))
    assert "正在重新适用规则" in analyst.get(page).text
    service.carry_out(SYSTEM, queries.last_of(key).key)
    text = analyst.get(page).text
    assert "今天得到的结果与证据一致" in text
    assert "CREATE TABLE facts" in text
    assert visitor("company").get(page).status_code == 403
