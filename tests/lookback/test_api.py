"""Look-backs over HTTP: plans, runs, items, reports; who may, and whose they are."""

import pytest

from registry.kernel.actor import SYSTEM
from registry.lookback import service
from tests.factories.lookback import RESERVED, inherited_ports, items, plan, ran, today
from tests.factories.registered import STATED, enterprise, port

PLANS, RUNS, ITEMS = "/api/v1/lookback-plans", "/api/v1/lookback-runs", "/api/v1/lookback-items"


@pytest.fixture
def analyst(caller):
    return caller("analyst")


@pytest.fixture
def asked(session):
    port(enterprise("甲通信有限公司", "sms_service_company").code, RESERVED, standing="inherited")
    item = items(ran(plan()))[RESERVED]
    return service.ask(SYSTEM, item.key, "请说明")


def version(client, path: str) -> dict[str, str]:
    return {"If-Match": client.get(path).headers["ETag"]}


def test_a_plan_is_made_read_rested_and_resumed(analyst):
    made = analyst.post(PLANS, json={"name": "银行号段", "cohort": "port_prefix", "value": "955", "every": "12m"})
    assert made.status_code == 201, made.json
    path = f"{PLANS}/{made.json['key']}"
    assert made.json["due_on"] == str(today())
    assert analyst.post(f"{path}/rest", headers=version(analyst, path)).json["active"] is False
    assert analyst.get(PLANS, query_string={"active": "true"}).json["items"] == []
    assert analyst.post(f"{path}/resume", headers=version(analyst, path)).json["active"] is True
    assert [each["name"] for each in analyst.get(PLANS).json["items"]] == ["银行号段"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x", "cohort": "moon"},
        {"name": "x", "cohort": "port_prefix", "value": "1069x"},
        {"name": "x", "cohort": "standing", "value": "inherited", "sample": 1.5},
        {"name": "x", "cohort": "standing", "value": "inherited", "days": 5000},
        {"name": "x", "cohort": "standing", "value": "inherited", "unknown": 1},
        {"name": "x\0", "cohort": "standing", "value": "inherited"},
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_its_fields(analyst, body):
    answer = analyst.post(PLANS, json=body)
    assert (answer.status_code, bool(answer.json["errors"])) == (422, True), answer.json


def test_a_run_is_ordered_once_and_put_into_the_queue(analyst, session):
    import sqlalchemy as sa

    inherited_ports(1)
    row = plan()
    first = analyst.post(f"{PLANS}/{row.key}/run", json={})
    again = analyst.post(f"{PLANS}/{row.key}/run", json={})
    assert (first.status_code, first.json["state"], again.json["key"]) == (202, "ordered", first.json["key"])
    waits = session.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'lookback.run'"))
    assert waits == 1
    from registry.lookback.tasks import run

    run()
    done = analyst.get(f"{RUNS}/{first.json['key']}").json
    assert (done["state"], done["totals"]["items"], done["totals"]["passed"]) == ("complete", 1, 1)
    assert done["rules"]
    assert [each["key"] for each in analyst.get(RUNS, query_string={"plan": row.key}).json["items"]] == [done["key"]]


def test_the_holder_answers_and_staff_judges(analyst, caller, asked):
    company = caller("company_key", enterprise=asked.enterprise)
    path = f"{ITEMS}/{asked.key}"
    assert [each["key"] for each in company.get(ITEMS).json["items"]] == [asked.key]
    told = company.post(f"{path}/answer", json={"text": "自用"}, headers=version(company, path))
    assert (told.status_code, told.json["state"]) == (200, "answered")
    assert told.json["steps"][-1]["text"] == "自用"
    judged = analyst.post(f"{path}/judge", json={"verdict": "failed", "text": "不符"}, headers=version(analyst, path))
    assert judged.json["state"] == "failed"
    measure = analyst.post(f"{path}/measure", json={"action": "suspend", **STATED}, headers=version(analyst, path))
    assert (measure.status_code, measure.json["measure"][:4]) == (200, "MSR-"), measure.json


def test_another_company_gets_404_everywhere(caller, asked):
    stranger = caller("company_key", enterprise=enterprise("丙商城有限公司").code)
    head = {"If-Match": '"1"'}
    assert stranger.get(ITEMS).json["items"] == []
    assert stranger.get(f"{ITEMS}/{asked.key}").status_code == 404
    assert stranger.post(f"{ITEMS}/{asked.key}/answer", json={"text": "x"}, headers=head).status_code == 404
    own = caller("company_key", enterprise=asked.enterprise)
    for each in (own, stranger):
        assert each.get(f"{RUNS}/{asked.run}").status_code == 404
        assert each.get(f"{RUNS}/{asked.run}/report").status_code == 404
        assert each.get(f"{PLANS}/{asked.run_row.plan}").status_code == 404
        assert each.get(RUNS).json["items"] == each.get(PLANS).json["items"] == []
        assert (
            each.post(f"{ITEMS}/{asked.key}/judge", json={"verdict": "passed", "text": "x"}, headers=head).status_code
            == 403
        )


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "excepted", "text": "x"},
        {"verdict": "passed", "text": "x", "until": "2030-01-01"},
        {"verdict": "fine", "text": "x"},
    ],
)
def test_an_exception_alone_has_an_end(analyst, asked, body):
    path = f"{ITEMS}/{asked.key}"
    assert analyst.post(f"{path}/judge", json=body, headers=version(analyst, path)).status_code == 422


def test_an_item_can_be_excepted_asked_again_and_given_up(analyst, asked):
    path = f"{ITEMS}/{asked.key}"
    until = {"verdict": "excepted", "text": "迁移中", "until": "2099-01-01"}
    excepted = analyst.post(f"{path}/judge", json=until, headers=version(analyst, path))
    assert excepted.json["excepted_until"] == "2099-01-01T00:00:00+08:00"
    again = analyst.post(f"{path}/ask", json={"text": "请再说明"}, headers=version(analyst, path))
    assert again.json["state"] == "needs_answer"
    lost = analyst.post(f"{path}/give-up", json={"text": "无人接听"}, headers=version(analyst, path))
    assert lost.json["state"] == "unreachable"
    assert analyst.get(ITEMS, query_string={"outcome": "unreachable", "run": asked.run}).json["items"]


def test_a_decision_without_a_version_or_on_an_old_one_is_refused(analyst, asked):
    path = f"{ITEMS}/{asked.key}/judge"
    body = {"verdict": "failed", "text": "不符"}
    assert analyst.post(path, json=body).status_code == 428
    assert analyst.post(path, json=body, headers={"If-Match": '"1"'}).status_code == 412


def test_reports_come_as_csv_and_as_a_page(analyst, asked):
    table = analyst.get(f"{RUNS}/{asked.run}/report", query_string={"format": "csv"})
    assert (table.status_code, table.mimetype) == (200, "text/csv")
    assert asked.key in table.text
    page = analyst.get(f"{RUNS}/{asked.run}/report", query_string={"language": "en"})
    assert page.mimetype == "text/html"
    assert "Look-back report" in page.text
    assert analyst.get(f"{RUNS}/{asked.run}/report", query_string={"format": "pdf"}).status_code == 422


@pytest.mark.parametrize("role", ["reviewer", "auditor", "regulator", "administrator"])
def test_who_only_reads_may_look_and_nothing_else(caller, asked, role):
    reader = caller(role)
    assert reader.get(f"{ITEMS}/{asked.key}").status_code == 200
    assert reader.get(f"{RUNS}/{asked.run}/report").status_code == 200
    assert reader.post(f"{PLANS}/{asked.run_row.plan}/run", json={}).status_code == 403
    assert reader.post(PLANS, json={"name": "x", "cohort": "standing", "value": "inherited"}).status_code == 403


@pytest.mark.parametrize("path", [PLANS, RUNS, ITEMS])
def test_nobody_unknown_reads(client, path):
    assert client.get(path).status_code == 401
