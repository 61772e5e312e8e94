"""Complaints are taken in once, and listed to those whom they concern."""

import datetime as dt

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from registry.audit.model import AuditEvent
from registry.complaints import policy, queries
from registry.kernel import clock
from registry.kernel.paging import PageRequest
from tests.conftest import actor
from tests.factories import registered as make

AT = "/api/v1/complaints"
BODY = {
    "complaint": "12321-1",
    "received_at": "2026-05-02T08:00:00+08:00",
    "sent_at": "2026-05-01",
    "port": "1069012388",
    "signature": "甲科技",
    "content": "张三您好，贷款到账",
    "channel": "12321",
    "province": "11",
}


def test_a_complaint_is_taken_in_once_and_its_text_stays_out_of_the_audit_trail(caller, session):
    ask = caller("analyst")
    made = ask.post(AT, json=BODY)
    assert (made.status_code, made.json["key"]) == (201, "12321-1")
    assert ask.post(AT, json=BODY).status_code == 409
    event = session.scalars(sa.select(AuditEvent).filter_by(action="complaint.added")).one()
    assert "张三" not in str(event.after)


def test_wrong_fields_are_named(caller):
    answer = caller("analyst").post(AT, json=BODY | {"port": "106x", "province": "00", "sent_at": "2026-06-01"})
    assert {error["field"] for error in answer.json["errors"]} == {"port", "province", "sent_at"}


def test_a_company_sees_complaints_about_its_ports(caller):
    company, _permit = make.standing_permit()
    ask = caller("analyst")
    ask.post(AT, json=BODY)
    ask.post(AT, json=BODY | {"complaint": "12321-2", "port": "10655001"})
    assert len(ask.get(AT).json["items"]) == 2
    assert len(ask.get(f"{AT}?prefix=10690123&received_from=2026-05-02").json["items"]) == 1
    assert ask.get(f"{AT}?received_from=2026-05-03").json["items"] == []
    own = queries.listed(actor("company", enterprise=company.code), PageRequest())
    assert [row.key for row in own.items] == ["12321-1"]


def on(day, hour=9):
    return clock.frozen(clock.midnight(day) + dt.timedelta(hours=hour))


def asked(day, **values):
    return {"received_at": f"{day}T10:00:00+08:00", "sent_at": None, **values}


RECEIVED, LAST = dt.date(2026, 3, 2), dt.date(2026, 3, 23)  # fifteen working days apart


def test_a_complaint_says_until_when_it_is_answered_and_what_is_overdue_is_listed(caller):
    ask = caller("analyst")
    with on(RECEIVED, 20):
        made = ask.post(AT, json=BODY | asked(RECEIVED)).json
        ask.post(AT, json=BODY | asked(RECEIVED, complaint="12321-2"))
        ask.post(AT, json=BODY | asked(RECEIVED - dt.timedelta(days=60), complaint="old"))
        answered = ask.post(f"{AT}/12321-2/answer", json={"answer": "已停止发送并回复投诉人"}).json
    assert (made["answer_by"], made["answered_at"], made["overdue"]) == (f"{LAST}", None, False)
    assert (answered["answer"], answered["late"]) == ("已停止发送并回复投诉人", False)
    for day, found in ((LAST, ["old"]), (LAST + dt.timedelta(days=1), ["12321-1", "old"])):
        with on(day):
            assert [each["key"] for each in ask.get(f"{AT}?overdue=true").json["items"]] == found, day
            told = {each["key"]: each["overdue"] for each in ask.get(f"{AT}?unanswered=true").json["items"]}
            assert sorted(key for key, overdue in told.items() if overdue) == found
            assert set(told) == {"12321-1", "old"}


def test_it_is_answered_once_late_after_its_last_day_and_not_by_everybody(caller, session):
    ask = caller("analyst")
    with on(RECEIVED, 20):
        ask.post(AT, json=BODY | asked(RECEIVED))
    with on(LAST + dt.timedelta(days=1)):
        assert ask.post(f"{AT}/12321-1/answer", json={"answer": " "}).status_code == 422
        assert ask.post(f"{AT}/12321-9/answer", json={"answer": "x"}).status_code == 404
        assert caller("reviewer").post(f"{AT}/12321-1/answer", json={"answer": "x"}).status_code == 403
        done = ask.post(f"{AT}/12321-1/answer", json={"answer": "张三的投诉已处理"})
        assert (done.status_code, done.json["late"], done.json["overdue"]) == (200, True, False)
        assert ask.post(f"{AT}/12321-1/answer", json={"answer": "x"}).status_code == 409
    event = session.scalars(sa.select(AuditEvent).filter_by(action="complaint.answered")).one()
    assert (event.after["late"], "张三" in str(event.after)) == (True, False)


def test_before_the_first_rule_no_day_is_promised():
    assert policy.answer_by(clock.midnight(dt.date(2015, 6, 29))) is None
    assert policy.answer_by(clock.midnight(dt.date(2015, 6, 30))) == dt.date(2015, 7, 21)


@given(st.dates(dt.date(2015, 1, 1), dt.date(2027, 1, 1)), st.integers(0, 40) | st.integers(0, 4000))
def test_the_list_of_what_is_overdue_and_each_complaint_agree(today, before):
    received = clock.midnight(today - dt.timedelta(days=before)) + dt.timedelta(hours=12)
    last = policy.answer_by(received)
    since, until = policy.overdue(today)
    assert (since <= received < until) == (last is not None and today > last)
