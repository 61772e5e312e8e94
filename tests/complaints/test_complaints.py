"""Complaints are taken in once, and listed to those whom they concern."""

import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.complaints import queries
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
