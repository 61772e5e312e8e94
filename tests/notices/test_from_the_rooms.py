"""What the rooms tell: decisions on filings, measures, questions of a look-back, each with its reason."""

import sqlalchemy as sa

from registry.filings import service as filings
from registry.kernel import clock
from registry.kernel.paging import PageRequest
from registry.law import provisions
from registry.law.calendar import add_working_days
from registry.lookback import service as lookback
from registry.measures import service as measures
from registry.measures.values import MeasureValues
from registry.notices import queries
from registry.notices.model import Notice
from tests.conftest import actor
from tests.factories import registered
from tests.factories import registered as made
from tests.factories.lookback import RESERVED, items, plan, ran
from tests.filings.conftest import port_of, signature_of, trade

__all__ = ["trade"]


def told(session, event):
    return session.scalars(sa.select(Notice).filter_by(event=event).order_by(Notice.key)).all()


def in_review(trade):
    filing = filings.file(trade.by_company, port_of(trade), submit=True)
    return filings.claim(trade.li, filing.key)


def test_the_applicant_is_told_every_reason_by_field_in_both_languages(session, trade):
    filing = in_review(trade)
    reasons = [
        {"code": "PAPER_MISSING", "field": "papers", "comment": "缺合同"},
        {"code": "PURPOSE_UNCLEAR", "field": "use", "comment": ""},
    ]
    filings.send_back(trade.li, filing.key, reasons=reasons, comment="请补充")
    notice = told(session, "filing.returned")[0]
    assert notice.recipient == f"enterprise:{trade.company}"
    assert [(each["code"], each["field"]) for each in notice.payload["reasons"]] == [
        ("PAPER_MISSING", "papers"),
        ("PURPOSE_UNCLEAR", "use"),
    ]
    assert notice.payload["reasons"][0]["fix"]["zh"] == "补充上传该材料"
    assert notice.payload["reasons"][0]["comment"] == "缺合同"
    assert notice.payload["comment"] == "请补充"


def test_an_approval_is_told_with_its_entry(session, trade):
    filing = in_review(trade)
    filings.approve(trade.li, filing.key, comment="齐全")
    notice = told(session, "filing.approved")[0]
    assert notice.payload["entry"] == {"kind": "port", "key": "10690123"}


def test_whoever_is_limited_is_told_why_and_how_to_end_it(session, trade):
    made.port(trade.company)
    values = MeasureValues(**registered.STATED, subject_kind="port", subject="10690123", action="suspend")
    measure = measures.impose_at_once(trade.boss, values)
    measures.lift(trade.boss, measure.key, reason="已整改")
    imposed, lifted = told(session, "measure.imposed")[0], told(session, "measure.lifted")[0]
    assert imposed.recipient == f"enterprise:{trade.company}"
    assert imposed.payload["appeal_channel"] == values.appeal_channel
    heard = provisions.integer("measures.appeal_due", clock.today())
    assert imposed.payload["appeal_by"] == add_working_days(clock.today(), heard).isoformat()
    assert imposed.payload["reasons"][0]["fix"]["zh"] == values.remedy
    assert lifted.payload["reasons"][0]["reason"]["zh"] == "已整改"


def test_a_measure_that_is_only_proposed_is_not_told(session, trade):
    made.port(trade.company)
    values = MeasureValues(**registered.STATED, subject_kind="port", subject="10690123", action="suspend")
    measures.propose(trade.boss, values)
    assert session.scalars(sa.select(Notice).where(Notice.event.startswith("measure"))).all() == []


def test_whoever_may_decide_is_told_of_what_waits_for_a_second_reviewer(session, trade):
    body = made.enterprise("杭州市教育局", "authority", legal_form="government").code
    content = signature_of(trade, "杭州市教育局", owner=body, source="government")
    by_body = actor("company", name="ju", enterprise=body)
    filing = filings.claim(trade.li, filings.file(by_body, content, submit=True).key)
    filings.approve(trade.li, filing.key, comment="公函在案")
    seen = queries.listed(trade.wang, PageRequest("", 10)).items
    assert [each.event for each in seen] == ["filing.awaiting_second"]
    assert queries.listed(actor("auditor", name="qian"), PageRequest("", 10)).items == []


def test_a_holder_is_asked_once_for_a_look_back_run_however_many_entries_it_is_about(session):
    holder = made.enterprise("甲通信有限公司", "sms_service_company").code
    for digits in (RESERVED, "10600002", "10600003"):
        made.port(holder, digits, standing="inherited")
    run = ran(plan())
    lookback.ask(actor("analyst", name="wang"), items(run)[RESERVED].key, "请说明此端口的用途")
    notices = told(session, "lookback.asked")
    assert {each.recipient for each in notices} == {f"enterprise:{holder}"}
    assert notices[-1].payload["text"] == "请说明此端口的用途"
    assert notices[-1].payload["reasons"][0]["code"]
