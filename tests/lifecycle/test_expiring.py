"""What ends soon is told at 30, 15 and 2 days, once each, grouped by whom it concerns."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.filings.changing import RenewalContent
from registry.filings.service.continuing import renew
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.lifecycle import queries, service
from registry.notices.model import Notice
from registry.papers import service as papers
from registry.store import db
from tests.conftest import actor
from tests.factories import registered as made
from tests.lifecycle.conftest import records
from tests.papers.test_papers import PDF


def told(session, company=None):
    query = sa.select(Notice).where(Notice.event == "expiry.near").order_by(Notice.key)
    return session.scalars(query.where(Notice.recipient == f"enterprise:{company}") if company else query).all()


def ends_in(days):
    return clock.midnight(clock.today() + dt.timedelta(days=days))


@pytest.fixture
def company(app):
    code = made.enterprise(
        "红帆短信服务有限公司", "sms_service_company", licence="B2-1", licence_until=ends_in(20)
    ).code
    made.port(code)
    made.signature(code, "红帆")
    return code


def test_all_that_ends_of_one_company_is_in_one_notice_and_of_another_in_its_own(session, company):
    customer = made.enterprise("青柳贸易有限公司").code
    made.signature(customer, "青柳贸易", valid_until=ends_in(25))
    permit = made.permit(company, company, "10690123", "红帆", valid_until=ends_in(28))
    letter = made.letter(customer, company, "青柳贸易", valid_until=ends_in(10))
    hop = made.delegation(company, customer, "1069012301", valid_until=ends_in(2))
    paper = papers.upload(SYSTEM, PDF, "licence.pdf", "licence", enterprise=company, expires_at=ends_in(15))
    assert service.tell_of_endings() == 2
    (mine,), (theirs,) = told(session, company), told(session, customer)
    assert {(each["kind"], each["key"], each["days_before"]) for each in mine.payload["items"]} == {
        ("permit", permit.key, 30),
        ("letter", letter.key, 15),
        ("delegation", hop.key, 2),
        ("paper", paper.key, 15),
        ("licence", company, 30),
    }
    assert {each["kind"] for each in theirs.payload["items"]} == {"signature", "letter", "delegation"}
    assert "EXPIRES_IN_2_DAYS" in {each["code"] for each in theirs.payload["reasons"]}


def test_each_span_is_told_once_as_the_days_go_by(session, company):
    made.permit(company, company, "10690123", "红帆", valid_until=ends_in(40))
    now, spans = clock.now(), []
    for day in range(0, 41, 1):
        with clock.frozen(now + dt.timedelta(days=day)):
            service.tell_of_endings()
            service.tell_of_endings()
    for notice in told(session, company):
        spans += [each["days_before"] for each in notice.payload["items"] if each["kind"] == "permit"]
    assert spans == [30, 15, 2]


def test_what_is_renewed_already_is_not_told(session, company):
    permit = made.permit(company, company, "10690123", "红帆", valid_until=ends_in(10))
    renew(SYSTEM, RenewalContent("permit", permit.key, ends_in(400)), clock.now())
    papers.upload(SYSTEM, PDF, "licence.pdf", "licence", enterprise=company, expires_at=ends_in(15))
    papers.upload(SYSTEM, PDF + b"new", "licence2.pdf", "licence", enterprise=company, expires_at=ends_in(500))
    service.tell_of_endings()
    assert [[each["kind"] for each in notice.payload["items"]] for notice in told(session)] == [["licence"]]


def test_what_is_still_seen_in_use_is_said(session, company, tmp_path):
    made.permit(company, company, "10690123", "红帆", valid_until=ends_in(40))
    records(tmp_path, [(clock.today() - dt.timedelta(days=2), "10690123", "红帆")])
    service.take_up()
    with clock.frozen(clock.now() + dt.timedelta(days=12)):
        service.tell_of_endings()
    (notice,) = told(session, company)
    (item,) = [each for each in notice.payload["items"] if each["kind"] == "permit"]
    assert item["in_use"]
    assert "仍在使用" in notice.sentence["zh"]
    assert any(
        "still" in each["reason"]["en"] or "seen in use" in each["reason"]["en"] for each in notice.payload["reasons"]
    )


def test_a_company_sees_what_of_its_own_ends_and_staff_sees_all(company):
    other = made.enterprise("青柳贸易有限公司").code
    made.signature(other, "青柳贸易", valid_until=ends_in(25))
    mine = queries.ending_for(actor("company", name="wu", enterprise=company))
    assert {each.what for each in mine} == {"licence"}
    assert {each.what for each in queries.ending_for(actor("reviewer"))} == {"licence", "signature"}
    assert {each.what for each in queries.ending_for(actor("reviewer"), other)} == {"signature"}


def test_two_runs_at_once_tell_once(own_database):
    app = create_app(own_database)
    with app.app_context():
        code = made.enterprise(
            "红帆短信服务有限公司", "sms_service_company", licence="B2-1", licence_until=ends_in(20)
        ).code
        db.session.remove()
    start = threading.Barrier(4)

    def work():
        with app.app_context():
            start.wait()
            service.tell_of_endings()
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with app.app_context():
        assert len(told(db.session, code)) == 1
        db.session.remove()
        db.engine.dispose()
