"""From records to a lifted measure: a run finds, staff works the finding, a measure follows, one person lifts it."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from registry.audit import queries as audit
from registry.cases import queries as told
from registry.changes import queries as changes
from registry.detection import export, queries, service, stories
from registry.detection.model import Finding, RunState
from registry.detection.verdicts import Verdict
from registry.detection.workflow import MACHINE, FindingState
from registry.kernel.actor import SYSTEM, Actor
from registry.kernel.clock import SHANGHAI
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.paging import PageRequest
from registry.measures import service as measures
from registry.measures.values import MeasureValues
from registry.notices import queries as notices
from registry.permits import queries as permits
from registry.ports import service as ports
from registry.traffic import service as traffic
from tests.conftest import actor
from tests.factories.registered import STATED, code, delegation, enterprise, permit, port, signature

DAY = dt.date.today() + dt.timedelta(days=2)  # noqa: DTZ011 - what tests register is in force from now on
PORT = "1069012301"
ANALYST = actor("analyst", name="wang")


@pytest.fixture
def parties(session) -> dict[str, str]:
    """A holder with a code, its customer on one extension with a permit, and a stranger with a signature of its own."""
    holder = enterprise("甲通信有限公司", "sms_service_company").code
    user, stranger = enterprise("乙银行有限公司").code, enterprise("丙商城有限公司").code
    port(holder, "10690123", signing="shared")
    port(holder, PORT)
    delegation(holder, user, PORT)
    signature(user, "乙银行")
    signature(stranger, "丙商城")
    permit(user, user, PORT, "乙银行")
    return {"holder": holder, "user": user, "stranger": stranger}


def feed(
    folder: Path,
    *batches: tuple[str, int],
    day: dt.date = DAY,
    name: str = "records",
    words: str = "",
    to: str = PORT,
    account: str = "",
) -> None:
    """Ingest so many messages of each signature on the port, handed in by an account; words stand at their end."""
    moment = dt.datetime.combine(day, dt.time(10), SHANGHAI)
    file = folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["submitted_at", "gateway", "port", "submitter", "recipient", "content"])
        for text, count in batches:
            for number in range(count):
                row = [
                    moment.isoformat(),
                    "G1",
                    to,
                    account,
                    f"139{number:08}",
                    f"【{text}】您的订单{number}已发货，请留意查收{words}",
                ]
                writer.writerow(row)
    (outcome,) = traffic.ingest(SYSTEM, [file])
    assert outcome.accepted == sum(count for _text, count in batches)


def detect(day: dt.date = DAY, rules: tuple[str, ...] = ()) -> None:
    row = service.run(ANALYST, day, day, rules)
    assert row.state is RunState.COMPLETE, row.outcomes


def found(rule: str) -> list[Finding]:
    return list(queries.findings(SYSTEM, PageRequest(limit=100), rule=rule).items)


@pytest.fixture
def tenant(parties, tmp_path) -> Finding:
    """The finding that the stranger uses the customer's port; of the other rules most tests have nothing to ask."""
    feed(tmp_path, ("乙银行", 30), ("丙商城", 25))
    detect(rules=("S202", "S203"))
    (finding,) = found("S203")
    return finding


def test_a_run_finds_the_stranger_with_its_evidence_and_nothing_about_the_customer(tenant, parties):
    detect()
    assert (tenant.port, tenant.enterprise, tenant.tenant) == (PORT, parties["holder"], parties["stranger"])
    assert (tenant.messages, tenant.first_day, tenant.state) == (25, DAY, FindingState.OPEN)
    (evidence,) = tenant.evidence
    assert evidence.rows[0]["clause"] == "UNDECLARED_TENANT"
    assert "丙商城" in tenant.summary_zh
    assert [
        each.signature for each in queries.findings(SYSTEM, PageRequest(limit=100)).items if each.signature == "乙银行"
    ] == []
    assert tenant.case_row.kind == "sublet"
    assert {each.rule for each in tenant.case_row.findings} == {"S202", "S203"}


def test_files_that_were_put_together_give_the_same_findings_and_evidence(parties, tmp_path):
    for name, texts in {"a": ("乙银行", "丙商城"), "b": ("丙商城", "丁游戏"), "c": ("丙商城", "")}.items():
        feed(tmp_path, *((text, 20) for text in texts), name=name)

    def all_of_it():
        detect()
        rows = queries.findings(SYSTEM, PageRequest(limit=100)).items
        return {row.key: (row.summary_zh, row.messages, row.state, _without_run(row.evidence)) for row in rows}

    before, samples = all_of_it(), [queries.samples(each, 100) for each in found("S203")]
    assert len(before) > 2
    assert {each.files for each in traffic.compact(SYSTEM, day=DAY).merged} == {3}
    assert all_of_it() == before
    assert [queries.samples(each, 100) for each in found("S203")] == samples


def _without_run(evidence):
    return [(each.day, each.messages, sorted(each.rows, key=repr)) for each in evidence]


def test_samples_lead_back_to_file_and_row(tenant):
    samples = queries.samples(tenant)
    assert samples
    assert all("丙商城" in sample.content and sample.line > 1 for sample in samples)


def test_a_second_run_adds_evidence_instead_of_a_twin(tenant, tmp_path):
    detect()
    assert [each.messages for each in found("S203")] == [25]
    feed(tmp_path, ("丙商城", 40), day=DAY + dt.timedelta(days=1), name="next")
    detect(DAY + dt.timedelta(days=1))
    (finding,) = found("S203")
    assert (finding.messages, finding.last_day, len(finding.evidence)) == (65, DAY + dt.timedelta(days=1), 2)


def test_late_records_replace_the_days_evidence(tenant, tmp_path):
    feed(tmp_path, ("丙商城", 10), name="late")
    detect()
    (finding,) = found("S203")
    assert [each.messages for each in finding.evidence] == [35]


def test_a_rerun_that_no_longer_finds_withdraws_what_nobody_worked(tenant, parties):
    delegation(parties["holder"], parties["stranger"], PORT)
    permit(parties["stranger"], parties["stranger"], PORT, "丙商城")
    detect()
    assert [each.state for each in found("S203")] == [FindingState.WITHDRAWN]


def test_what_was_withdrawn_and_is_found_again_on_the_same_days_is_open_again_in_its_case(tenant, parties):
    case = tenant.case
    hop = delegation(parties["holder"], parties["stranger"], PORT)
    detect()
    assert found("S203")[0].state is FindingState.WITHDRAWN
    ports.end_delegation(SYSTEM, hop.key, reason="entered by mistake")
    detect()
    (again,) = found("S203")
    assert (again.key, again.state, again.messages, again.case) == (tenant.key, FindingState.OPEN, 25, case)
    assert told.case(case).state == "open"


def test_new_days_after_a_dismissal_open_a_linked_successor(tenant, tmp_path):
    service.judge(ANALYST, tenant.key, Verdict.GATEWAY_ERROR, "the gateway swapped two accounts")
    detect()
    assert [each.state for each in found("S203")] == [FindingState.DISMISSED]
    feed(tmp_path, ("丙商城", 40), day=DAY + dt.timedelta(days=1), name="next")
    detect(DAY + dt.timedelta(days=1))
    first, second = found("S203")
    assert (second.follows, second.state) == (first.key, FindingState.OPEN)


def test_from_notice_to_a_lifted_measure(tenant, parties):
    company = actor("company", name="jia", enterprise=parties["holder"])
    with pytest.raises(NotFound):
        queries.finding(company, tenant.key)
    service.notify(ANALYST, tenant.key, "who is this?")
    (told,) = notices.about(("finding", tenant.key))
    assert (told.event, told.recipient) == ("finding.notified", f"enterprise:{tenant.enterprise}")
    assert (told.payload["reasons"][0]["code"], told.payload["reasons"][0]["comment"]) == ("S203", "who is this?")
    assert queries.finding(company, tenant.key).due_at is not None
    service.answer(company, tenant.key, "a customer of ours")
    finding = service.judge(ANALYST, tenant.key, Verdict.SUBLET_PROVEN, "no declaration, paid by the month")
    assert finding.state is FindingState.CONFIRMED
    values = MeasureValues(**STATED | {"subject_kind": "port", "subject": PORT, "action": "suspend"})
    measure = service.take_measure(ANALYST, tenant.key, values)
    assert (measure.finding, measure.enterprise) == (tenant.key, parties["holder"])
    (sent,) = [row for row in changes.after(PageRequest(limit=100)).items if row.kind == "measure"]
    assert sent.key == measure.key
    (row,) = permits.listed(SYSTEM, PageRequest(), port=PORT).items
    assert row.recorded_by == "system", "the permit itself is not edited"
    measures.lift(actor("reviewer", name="zhao"), measure.key, reason="declared by now")
    service.remedy(ANALYST, tenant.key, "declared by now")
    assert queries.finding(SYSTEM, tenant.key).state is FindingState.REMEDIED
    assert [step.action for step in queries.finding(SYSTEM, tenant.key).steps] == [
        "notify",
        "answer",
        "confirm",
        "measure",
        "remedy",
    ]
    assert audit.verify() is None


def test_a_measure_needs_a_confirmed_finding(tenant):
    values = MeasureValues(**STATED | {"subject_kind": "port", "subject": PORT, "action": "suspend"})
    with pytest.raises(Conflict, match="confirmed"):
        service.take_measure(ANALYST, tenant.key, values)


def test_a_verdict_needs_a_reason_and_the_version_that_was_read(tenant):
    with pytest.raises(Invalid):
        service.judge(ANALYST, tenant.key, Verdict.FORGED_SENDER, " ")
    service.notify(ANALYST, tenant.key, "who is this?", version=tenant.version)
    with pytest.raises(Stale):
        service.judge(ANALYST, tenant.key, Verdict.FORGED_SENDER, "seen elsewhere", version=1)


def test_another_company_sees_and_answers_nothing(tenant, parties):
    service.notify(ANALYST, tenant.key, "who is this?")
    other = actor("company", enterprise=parties["user"])
    with pytest.raises(NotFound):
        queries.finding(other, tenant.key)
    with pytest.raises(NotFound):
        service.answer(other, tenant.key, "not ours")


def test_merged_findings_name_the_one_they_went_into(tenant):
    (several,) = found("S202")
    service.merge(ANALYST, several.key, tenant.key, "the same story")
    assert queries.finding(SYSTEM, several.key).merged_into == tenant.key
    with pytest.raises(Conflict):
        service.merge(ANALYST, tenant.key, tenant.key, "itself")


@pytest.mark.parametrize("role", ["analyst", "reviewer", "auditor", "company"])
@pytest.mark.parametrize("state", list(FindingState))
@pytest.mark.parametrize("action", sorted({line.action for line in MACHINE.transitions}))
def test_every_state_action_and_role_is_allowed_or_refused_as_the_table_says(state, action, role):
    who = actor(role, enterprise="E" if role == "company" else None)
    lines = [line for line in MACHINE.transitions if line.action == action]
    allowed = who.may(lines[0].permission) and any(state in line.sources for line in lines)
    finding = type("F", (), {"enterprise": "E"})()
    if allowed:
        assert MACHINE.move(finding, state, action, who) is lines[0].target
    else:
        with pytest.raises((Conflict, Forbidden)):
            MACHINE.move(finding, state, action, who)


def test_exports_have_the_columns_of_the_formats(tenant):
    out = io.StringIO()
    assert export.write(out, export.FINDING_COLUMNS, map(export.finding_row, queries.every_finding())) == 2
    (case,) = told.every_case()
    row = export.case_row(case)
    assert (row["kind"], row["ports"], tenant.key in row["findings"]) == ("sublet", PORT, True)
    assert tuple(row) == export.CASE_COLUMNS
    assert row["score"] == stories.score(case.findings)


def test_a_signature_that_looks_like_a_formula_is_exported_as_text():
    out = io.StringIO()
    export.write(out, ["signature"], [{"signature": "=HYPERLINK(1)"}])
    assert out.getvalue().splitlines()[1] == "'=HYPERLINK(1)"


def test_impossible_spans_and_unknown_rules_are_refused(session):
    with pytest.raises(Invalid):
        service.run(ANALYST, DAY, DAY - dt.timedelta(days=1))
    with pytest.raises(Invalid, match="S999"):
        service.run(ANALYST, DAY, DAY, ["S999"])


def test_a_run_over_days_without_records_is_complete_and_empty(session):
    row = service.run(ANALYST, DAY, DAY)
    assert (row.state, row.facts, row.messages) == (RunState.COMPLETE, 0, 0)


def test_the_same_over_http(tenant, caller, parties):
    analyst, company = caller("analyst"), caller("company_key", enterprise=parties["holder"])
    path = f"/api/v1/findings/{tenant.key}"
    assert company.get(path).status_code == 404
    read = analyst.get(path)
    answer = analyst.post(f"{path}/notify", json={"text": "who?"}, headers={"If-Match": read.headers["ETag"]})
    assert (answer.status_code, answer.json["state"]) == (200, "notified")
    stale = analyst.post(f"{path}/notify", json={"text": "who?"}, headers={"If-Match": read.headers["ETag"]})
    assert stale.status_code == 412
    assert analyst.post(f"{path}/notify", json={"text": "who?"}).status_code == 428
    listed = company.get("/api/v1/findings").json["items"]
    assert [each["key"] for each in listed] == [tenant.key]
    assert analyst.get("/api/v1/cases").json["items"][0]["kind"] == "sublet"


def test_nobody_may_run_without_the_permission():
    with pytest.raises(Forbidden):
        service.run(Actor("x", SYSTEM.kind), DAY, DAY)


def test_samples_of_a_finding_that_is_worked_outlive_the_limit(tenant):
    traffic.erase_before(SYSTEM, DAY + dt.timedelta(days=1))
    assert queries.samples(tenant)
    service.judge(ANALYST, tenant.key, Verdict.GATEWAY_ERROR, "the gateway swapped two accounts")
    (several,) = found("S202")
    service.judge(ANALYST, several.key, Verdict.GATEWAY_ERROR, "the same")
    traffic.erase_before(SYSTEM, DAY + dt.timedelta(days=1))
    assert queries.samples(tenant) == []


@pytest.mark.parametrize(
    ("person", "companies"),
    [
        ({"id_number": "11010519491231002X", "phone": "13900000001"}, 2),
        ({"id_number": "110105198001010032", "phone": "13812345678"}, 2),
        ({"id_number": "110105198001010032", "phone": "13900000001"}, 0),
    ],
    ids=["the same ID", "the same telephone", "another person"],
)
def test_one_person_registered_as_handler_of_two_companies_is_found(caller, session, tmp_path, person, companies):
    holder = enterprise("甲通信有限公司", "sms_service_company").code
    port(holder, "10690123", signing="shared")
    api = caller("company_key", enterprise=holder)
    first = {"id_number": "11010519491231002X", "phone": "13812345678"}
    for place, (name, said) in enumerate((("乙银行", first), ("丙商城", person))):
        whose = code()
        key = api.post("/api/v1/handlers", json={"name": "王小明", "enterprise": whose, **said}).json["key"]
        enterprise(f"{name}有限公司", code=whose, handler=key)
        number = f"{PORT}{place}"
        port(holder, number)
        delegation(holder, whose, number)
        signature(whose, name)
        permit(whose, whose, number, name)
        feed(tmp_path, (name, 30), name=name, to=number)
    detect()
    assert len(found("S602")) == companies
