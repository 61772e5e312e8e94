"""The queue: its order, places in it, what is late, who sees which part, and what the clock does."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.accounts import service as accounts
from registry.audit.queries import history
from registry.filings import queries, service
from registry.filings.kinds import Priority, Stage
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.paging import PageRequest
from registry.law.calendar import add_working_days
from tests.conftest import actor
from tests.filings.conftest import handed_in, marketing_of, permit_of, port_of, signature_of

REASONS = [{"code": "PURPOSE_UNCLEAR", "field": "use", "comment": ""}]
DAY = dt.timedelta(days=1)


def keys(page):
    return [each.key for each in page.items]


def ports(trade, *digits):
    return [handed_in(trade.by_company, port_of(trade, each)) for each in digits]


def rejected(trade, filing, by=None):
    service.claim(by or trade.li, filing.key)
    return service.reject(by or trade.li, filing.key, reasons=REASONS)


def returned(trade, filing):
    service.claim(trade.li, filing.key)
    return service.send_back(trade.li, filing.key, reasons=REASONS)


def test_what_is_late_comes_before_what_is_not_and_both_by_age(trade):
    with clock.frozen(clock.now() - 30 * DAY):
        old = ports(trade, "10690121", "10690122")
    failed = handed_in(trade.by_stranger, signature_of(trade, "百度地图", owner=trade.stranger))
    new = ports(trade, "10690123")
    assert keys(queries.queue(trade.li)) == [each.key for each in (*old, *new, failed)]
    assert keys(queries.queue(trade.li, late=True)) == [each.key for each in old]
    assert set(keys(queries.listed(trade.li, PageRequest(), late=True))) == {each.key for each in old}
    assert queries.waiting(trade.li).late == 2


def test_the_queue_goes_on_after_the_last_one_seen(trade):
    filed = [each.key for each in ports(trade, "10690121", "10690122", "10690123", "10690124")]
    first = queries.queue(trade.li, PageRequest(limit=3))
    assert (keys(first), first.after) == (filed[:3], filed[2])
    assert keys(queries.queue(trade.li, PageRequest(after=first.after))) == filed[3:]


def test_of_one_day_what_risks_most_begins_first(chain):
    plain = handed_in(chain.by_company, port_of(chain, "10690555"))
    risky = handed_in(chain.by_company, marketing_of(chain))
    assert risky.risk > plain.risk
    assert keys(queries.queue(chain.li)) == [risky.key, plain.key]


def test_an_urge_moves_a_filing_forward_once_a_day(trade):
    with clock.frozen(dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)):
        first, second = ports(trade, "10690121", "10690122")
        assert [queries.place(trade.by_company, each.key).place for each in (first, second)] == [1, 2]
        urged = service.urge(trade.by_company, second.key, comment="客户在等")
        assert (urged.urges, urged.state) == (1, State.SUBMITTED)
        stands = queries.place(trade.by_company, second.key)
        assert (stands.place, stands.waiting, stands.may_urge) == (1, 2, False)
        assert "urge" not in queries.page(trade.by_company, second.key).actions
        with pytest.raises(Conflict, match="it was urged today"):
            service.urge(trade.by_company, second.key)
    with clock.frozen(dt.datetime(2026, 3, 2, 15, 59, tzinfo=dt.UTC)), pytest.raises(Conflict):
        service.urge(trade.by_company, second.key)
    with clock.frozen(dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC)):  # midnight in Shanghai
        assert service.urge(trade.by_company, second.key).urges == 2
    assert [each.action for each in history("filing", second.key)][-2:] == ["filing.urge", "filing.urge"]


def test_the_promised_day_counts_working_days_and_says_when_it_is_provisional(trade):
    with clock.frozen(dt.datetime(2025, 9, 30, 4, tzinfo=dt.UTC)):  # the day before the National Day week
        [filing] = ports(trade, "10690121")
        assert clock.local_day(filing.due_at - DAY) == dt.date(2025, 10, 14)
        assert not queries.place(trade.by_company, filing.key).provisional
    with clock.frozen(dt.datetime(2031, 5, 5, 4, tzinfo=dt.UTC)):
        [later] = ports(trade, "10690122")
        assert queries.place(trade.by_company, later.key).provisional


def test_the_next_one_is_the_first_that_one_may_decide_on(trade):
    mine = actor("company", name="li", enterprise=trade.company)
    own = service.file(mine, port_of(trade, "10690121"), submit=True)
    [other] = ports(trade, "10690122")
    assert service.claim_next(trade.li).key == other.key
    with pytest.raises(NotFound):
        service.claim_next(trade.li)
    assert service.claim_next(trade.wang).key == own.key


def test_who_decides_on_an_old_version_hears_who_did_what(trade):
    [filing] = ports(trade, "10690121")
    version = filing.version
    service.claim(trade.li, filing.key, version=version)
    with pytest.raises(Stale, match=r"li did filing\.claim at .* it is in_review by now"):
        service.claim(trade.wang, filing.key, version=version)
    with pytest.raises(Stale, match=r"a reviewer did filing\.claim"):
        service.withdraw(trade.by_company, filing.key, version=version)


def test_a_provinces_office_sees_its_own_and_headquarters_all(chain):
    accounts.open_account(SYSTEM, "qian@example.com", "钱", ["reviewer"], "amber lantern on the pier", office="31")
    qian = replace(actor("reviewer", name="qian@example.com"), offices=frozenset({"31"}))
    local = handed_in(chain.by_company, permit_of(chain, provinces=("31",)))
    wide = handed_in(chain.by_company, permit_of(chain, provinces=("31", "32")))
    unstaffed = handed_in(chain.by_company, permit_of(chain, provinces=("44",)))
    assert (local.office, wide.office, unstaffed.office) == ("31", "", "")
    assert keys(queries.queue(qian)) == [local.key]
    assert set(keys(queries.queue(chain.li))) == {local.key, wide.key, unstaffed.key}
    assert keys(queries.queue(chain.li, office="31")) == [local.key]
    with pytest.raises(NotFound):
        service.claim(qian, wide.key)
    assert service.claim(qian, local.key).claimed_by == "qian@example.com"


def test_what_is_not_mended_in_time_closes_through_the_workflows_door(trade):
    filing = returned(trade, ports(trade, "10690121")[0])
    last_day = add_working_days(clock.today(), 10)
    assert filing.mend_by == clock.midnight(last_day + DAY)
    with clock.frozen(filing.mend_by - dt.timedelta(seconds=1)):
        assert service.look(SYSTEM) == 0
    with clock.frozen(filing.mend_by):
        assert service.look(SYSTEM) == 1
    closed = queries.find(trade.li, filing.key)
    assert closed.state is State.CLOSED
    event = history("filing", filing.key)[-1]
    assert (event.actor, event.action, event.before["state"]) == ("system", "filing.close", "returned")
    with pytest.raises(Conflict):
        service.mend(trade.by_company, filing.key, port_of(trade))


def test_what_is_mended_in_time_stays_open(trade):
    filing = returned(trade, ports(trade, "10690121")[0])
    by = filing.mend_by
    service.mend(trade.by_company, filing.key, port_of(trade, "10690121"))
    again = service.submit(trade.by_company, filing.key)
    assert (again.mend_by, again.priority) == (None, Priority.P1)
    with clock.frozen(by):
        service.look(SYSTEM)
    assert queries.find(trade.li, filing.key).state is State.SUBMITTED


def test_what_a_reviewer_claimed_and_left_goes_back_into_the_queue(trade):
    [filing] = ports(trade, "10690121")
    service.claim(trade.li, filing.key)
    with clock.frozen(clock.midnight(add_working_days(clock.today(), 2) + DAY)):
        assert service.look(SYSTEM) == 1
    back = queries.find(trade.li, filing.key)
    assert (back.state, back.claimed_by) == (State.SUBMITTED, None)
    assert history("filing", filing.key)[-1].reason == "li claimed it and left it"


def test_an_appeal_goes_to_a_reviewer_who_has_not_rejected_it(trade):
    filing = rejected(trade, ports(trade, "10690121")[0])
    with pytest.raises(Invalid, match="an appeal says why"):
        service.appeal(trade.by_company, filing.key)
    appealed = service.appeal(trade.by_company, filing.key, comment="用途已在说明中写明")
    assert (appealed.state, appealed.priority, appealed.decided_at) == (State.SUBMITTED, Priority.P1, None)
    with pytest.raises(Forbidden, match="you rejected it"):
        service.claim(trade.li, filing.key)
    with pytest.raises(NotFound):
        service.claim_next(trade.li)
    service.claim(trade.wang, filing.key)
    done = service.approve(trade.wang, filing.key, comment="申诉成立")
    assert (done.state, done.entry_key) == (State.APPROVED, "10690121")
    said = [(each.stage, each.verdict, each.by) for each in done.decisions]
    assert said == [(Stage.FIRST, "reject", "li"), (Stage.APPEAL, "appeal", "wu"), (Stage.APPEAL, "approve", "wang")]


def test_what_is_rejected_again_on_appeal_stays_so(trade):
    filing = rejected(trade, ports(trade, "10690121")[0])
    service.appeal(trade.by_company, filing.key, comment="请复查")
    final = rejected(trade, filing, trade.wang)
    assert final.barred == ["li", "wang"]
    with pytest.raises(Forbidden, match="that is final"):
        service.appeal(trade.by_company, filing.key, comment="再查")


def test_an_appeal_after_the_last_day_is_too_late(trade):
    filing = rejected(trade, ports(trade, "10690121")[0])
    with clock.frozen(filing.appeal_by), pytest.raises(Conflict, match="the time to appeal is over"):
        service.appeal(trade.by_company, filing.key, comment="请复查")
    with clock.frozen(filing.appeal_by - DAY):
        assert service.appeal(trade.by_company, filing.key, comment="请复查").appealed_at


def test_a_coded_reason_is_about_a_field_that_the_filing_has(trade):
    [filing] = ports(trade, "10690121")
    service.claim(trade.li, filing.key)
    with pytest.raises(Invalid) as refused:
        service.reject(trade.li, filing.key, reasons=[{"code": "OTHER", "field": "consent", "comment": ""}])
    assert [each.field for each in refused.value.fields] == ["reasons.0.field"]
    done = service.reject(trade.li, filing.key, reasons=[{"code": "HOLDER_WRONG"}, {"code": "NUMBER_TOO_WIDE"}])
    assert [each["field"] for each in done.decisions[-1].reasons] == ["", ""]


def test_a_reason_that_can_be_about_one_field_alone_names_it(trade):
    filing = handed_in(trade.by_customer, signature_of(trade, "京东"))
    service.claim(trade.li, filing.key)
    done = service.send_back(trade.li, filing.key, reasons=[{"code": "LOOKS_LIKE_ANOTHER"}])
    assert done.decisions[-1].reasons == [{"code": "LOOKS_LIKE_ANOTHER", "field": "signature"}]


def test_the_queue_is_worked_over_the_api(caller, trade):
    company, reviewer = caller("company_key", enterprise=trade.company), caller("reviewer")
    filed = [each.key for each in ports(trade, "10690121", "10690122")]
    assert [each["key"] for each in reviewer.get("/api/v1/filings/queue").json["items"]] == filed
    place = company.get(f"/api/v1/filings/{filed[1]}/place").json
    assert (place["place"], place["waiting"], place["may_urge"]) == (2, 2, True)
    assert company.get("/api/v1/filings/queue").status_code == 403
    urged = company.post(f"/api/v1/filings/{filed[1]}/urge", headers={"If-Match": '"2"'}, json={})
    assert urged.status_code == 412
    version = company.get(f"/api/v1/filings/{filed[1]}").headers["ETag"]
    assert company.post(f"/api/v1/filings/{filed[1]}/urge", headers={"If-Match": version}, json={}).json["urges"] == 1
    taken = reviewer.post("/api/v1/filings/next").json
    assert (taken["key"], taken["state"]) == (filed[1], "in_review")
    late = reviewer.get("/api/v1/filings?late=true").json["items"]
    assert late == []


def test_the_table_of_conditions_says_what_it_looks_at_and_where_its_values_come_from(caller):
    rows = caller("reviewer").get("/api/v1/filings/conditions").json["items"]
    told = {row["code"]: (row["feature"], row["values"], row["provision"]) for row in rows}
    assert told["SENSITIVE_CATEGORY"] == ("categories", ["dunning", "marketing"], "filings.two_deciders.categories")
    assert told["FINANCE"] == ("industry_section", ["J"], "filings.two_deciders.industries")
    assert all(row["since"] and row["source"] and row["deciders"] == 2 for row in rows)


def test_each_coded_reason_has_its_fields_and_its_remedy_in_both_languages(caller):
    rows = caller("reviewer").get("/api/v1/filings/reasons").json["items"]
    assert len({row["number"] for row in rows}) == len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        for said in (row["sentence"], row["fix"]):
            assert min(len(said["zh"]), len(said["en"])) > 3, row["code"]
            assert "{" not in said["zh"] + said["en"], row["code"]
