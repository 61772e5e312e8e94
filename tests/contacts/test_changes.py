"""A change of contact is reported within ten working days; what is overdue is shown and told once."""

import datetime as dt

import pytest
import sqlalchemy as sa

from registry.audit import queries as audit
from registry.contacts import queries, service
from registry.contacts.workflow import ContactState
from registry.enterprises import queries as enterprises
from registry.handlers import service as handlers
from registry.handlers.values import HandlerValues
from registry.kernel import clock
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.paging import PageRequest
from registry.notices.model import Notice
from tests.conftest import actor
from tests.factories import registered as made

ALL = PageRequest("", 100)
CHANGED = dt.date(2026, 9, 1)  # a Tuesday; ten working days later is Tuesday the 15th
LI = made.reviewer("li")


def on(month, day):
    return clock.frozen(clock.midnight(dt.date(2026, month, day)) + dt.timedelta(hours=9))


@pytest.fixture
def company(app):
    with on(1, 5):
        return made.enterprise("红帆短信服务有限公司", "sms_service_company", handler="H1").code


@pytest.fixture
def wu(company):
    return actor("company", name="wu", enterprise=company)


def events(session):
    query = sa.select(Notice.event).where(Notice.event.startswith("enterprise.contact")).order_by(Notice.key)
    return list(session.scalars(query))


def test_a_new_handler_stands_in_the_register_when_the_report_is_taken_over(company, wu):
    with on(9, 15):
        change = service.report(wu, "handler", CHANGED, handler="H2")
        assert (change.state, change.due_on, change.late) == ("reported", dt.date(2026, 9, 15), False)
        assert enterprises.find(company).handler == "H1"
        service.accept(LI, change.key)
    row = enterprises.find(company)
    assert (row.handler, row.name, row.roles) == ("H2", "红帆短信服务有限公司", ["sms_service_company"])
    told = [each.action for each in audit.history("contact_change", change.key)]
    assert told == ["contact.noted", "contact.report", "contact.accept"]


def test_after_the_tenth_working_day_it_is_late(wu):
    with on(9, 16):
        assert service.report(wu, "address", CHANGED, value="杭州市文三路1号").late


def test_what_staff_expects_is_told_and_when_it_is_overdue_told_once_more(session, company, wu):
    with on(9, 5):
        key = service.expect(LI, company, "telephone", CHANGED).key
    for day in (10, 15, 16, 16, 20):
        with on(9, day):
            service.remind()
            assert len(queries.listed(LI, ALL, overdue=True).items) == (1 if day > 15 else 0)
    assert events(session) == ["enterprise.contact_expected", "enterprise.contact_overdue"]
    with on(9, 21):
        service.report_expected(wu, key, value="0571-87654321")
        assert queries.listed(LI, ALL, overdue=True).items == []


def test_a_refused_report_is_made_anew(session, wu):
    with on(9, 10):
        change = service.report(wu, "handler", CHANGED, handler="H2")
        with pytest.raises(Invalid):
            service.refuse(LI, change.key)
        service.refuse(LI, change.key, reason="经办人另有所属")
        assert events(session) == ["enterprise.contact_refused"]
        with pytest.raises(Invalid, match="who handles"):
            service.report_expected(wu, change.key)
        again = service.report_expected(wu, change.key, handler="H3")
    assert (again.state, again.handler) == (ContactState.REPORTED, "H3")


def test_a_handler_who_serves_another_enterprise_is_taken_over_for_a_reason_only(company, wu):
    person = HandlerValues("王小明", "11010519491231002X", "13812345678")
    other = actor("company", name="lu", enterprise=made.enterprise("路人有限公司").code)
    theirs = handlers.register(other, person)
    mine = handlers.register(wu, HandlerValues("王小明", person.id_number, "13900000000"))
    with on(9, 10):
        for key, why in ((theirs.key, "registered for another"), (mine.key, "behind 1 others")):
            change = service.report(wu, "handler", CHANGED, handler=key)
            with pytest.raises(Invalid) as refused:
                service.accept(LI, change.key)
            assert why in refused.value.fields[0].message
        assert enterprises.find(company).handler == "H1"
        service.accept(LI, change.key, reason="两家企业同意共用，已电话核实")
    assert enterprises.find(company).handler == mine.key


SAID = {
    "legal_representative": "李国强",
    "address": "杭州市文三路1号",
    "telephone": "0571-8765 4321",
    "email": "legal@red.example",
}


def standing(of=LI):
    return {each.part: each.value for each in queries.listed(of, ALL, standing=True).items}


def test_whatever_changed_counts_from_when_it_is_taken_over_and_the_last_change_is_the_one(company, wu):
    with on(9, 10):
        reported = {part: service.report(wu, part, CHANGED, value=value).key for part, value in SAID.items()}
        assert standing() == {}
        for key in reported.values():
            service.accept(LI, key)
        assert standing(wu) == SAID | {"telephone": "057*****4321"}
        service.accept(LI, service.report(wu, "address", CHANGED + dt.timedelta(days=2), value="杭州市天目山路9号").key)
        service.accept(LI, service.report(wu, "address", CHANGED + dt.timedelta(days=1), value="宁波市中山路3号").key)
    assert standing()["address"] == "杭州市天目山路9号", "the change that happened last, not the one taken over last"
    assert standing(actor("company", name="lu", enterprise=made.enterprise("路人有限公司").code)) == {}


def test_a_telephone_is_kept_encrypted_shown_masked_and_whole_for_a_reason_as_long_as_it_counts(company, wu):
    with on(9, 10):
        key = service.report(wu, "telephone", CHANGED, value=SAID["telephone"]).key
        row = queries.one(LI, key)
        assert (
            "87654321" not in f"{row.value}{row.sealed}{[each.after for each in audit.history('contact_change', key)]}"
        )
        assert service.unmask(LI, key, "电话核实变更") == "057187654321"
        [seen] = [each for each in audit.history("contact_change", key) if each.action == "personal.unmasked"]
        assert (seen.actor, seen.reason, seen.after["field"]) == ("li", "电话核实变更", "telephone")
        with pytest.raises(Invalid):
            service.unmask(LI, key, "")
        with pytest.raises(Forbidden):
            service.unmask(wu, key, "电话核实变更")
        service.accept(LI, key)
        newer = service.report(wu, "telephone", CHANGED + dt.timedelta(days=1), value="13900000000").key
        assert service.unmask(LI, key, "电话核实变更") == "057187654321"
        service.accept(LI, newer)
        with pytest.raises(NotFound):
            service.unmask(LI, key, "电话核实变更")
        wrong = service.report(wu, "telephone", CHANGED, value="13900000001").key
        service.refuse(LI, wrong, reason="空号")
        assert queries.one(LI, wrong).sealed == ""


@pytest.mark.parametrize(
    ("part", "value", "code"),
    [
        ("address", " ", "value_missing"),
        ("address", "路" * 201, "value_missing"),
        ("legal_representative", "", "value_missing"),
        ("telephone", "call us", "bad_contact"),
        ("email", "legal at red", "bad_contact"),
    ],
)
def test_a_report_says_what_is_new(wu, part, value, code):
    with on(9, 10), pytest.raises(Invalid) as refused:
        service.report(wu, part, CHANGED, value=value)
    assert [(each.field, each.code) for each in refused.value.fields] == [("value", code)]
    assert queries.listed(wu, ALL).items == []


def test_over_the_api_a_change_is_reported_read_and_unmasked(company, caller):
    mine, staff = caller("company_key", enterprise=company), caller("reviewer")
    body = {"part": "telephone", "changed_on": f"{clock.today()}", "value": SAID["telephone"]}
    made_now = mine.post("/api/v1/contact-changes", json=body).json
    assert (made_now["value"], made_now["hidden"]) == ("057*****4321", True)
    path = f"/api/v1/contact-changes/{made_now['key']}"
    accepted = staff.post(f"{path}/accept", json={}, headers={"If-Match": f'"{made_now["version"]}"'})
    assert accepted.status_code == 200
    listed = mine.get("/api/v1/contact-changes?standing=true").json["items"]
    assert [each["value"] for each in listed] == ["057*****4321"]
    assert mine.post(f"{path}/unmask", json={"reason": "自己的电话"}).status_code == 403
    whole = staff.post(f"{path}/unmask", json={"reason": "电话核实"})
    assert (whole.json, whole.headers["Cache-Control"]) == ({"value": "057187654321"}, "no-store")


def test_who_may_not_does_not(company, wu):
    stranger = actor("company", name="lu", enterprise=made.enterprise("路人有限公司").code)
    with on(9, 10):
        change = service.report(wu, "email", CHANGED, value="legal@red.example")
        with pytest.raises(NotFound):
            service.report_expected(stranger, change.key)
        with pytest.raises(Forbidden):
            service.accept(wu, change.key)
        with pytest.raises(Forbidden):
            service.expect(wu, company, "email", CHANGED)
        with pytest.raises(Stale):
            service.accept(LI, change.key, version=change.version + 1)
        service.accept(LI, change.key)
        with pytest.raises(Conflict):
            service.accept(LI, change.key)


@pytest.mark.parametrize("day", [dt.date(2026, 9, 11), dt.date(2023, 1, 1)])
def test_a_day_to_come_or_long_ago_is_none(wu, day):
    with on(9, 10), pytest.raises(Invalid):
        service.report(wu, "address", day, value="杭州市文三路1号")
