"""GET /permits: what was in force then, minus measures, seen by those whom it concerns."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.measures import service as measures
from registry.permits import queries, service
from registry.permits.values import ScopeValues
from registry.store.columns import key_of
from tests.factories import registered as make

AT = "/api/v1/permits"


def of(answer):
    assert answer.status_code == 200, answer.text
    return [item["key"] for item in answer.json["items"]]


def test_it_finds_permits_by_port_and_signature_exact_and_by_prefix(caller):
    company, exact = make.standing_permit()
    by_prefix = make.permit(company.code, company.code, "10690123*")
    longer = make.permit(company.code, company.code, "1069012399")
    ask = caller("reviewer")
    keys = {exact.key, by_prefix.key}
    assert set(of(ask.get(f"{AT}?port=10690123&signature=甲科技"))) == keys
    assert of(ask.get(f"{AT}?port=106901239&signature=甲科技")) == [by_prefix.key]
    assert set(of(ask.get(f"{AT}?port=1069012399"))) == {by_prefix.key, longer.key}
    assert of(ask.get(f"{AT}?port=10690123&signature=乙")) == []
    assert set(of(ask.get(f"{AT}?user={company.code}&owner={company.code.lower()}"))) == keys | {longer.key}


def test_the_two_clocks_answer_over_http(caller):
    with clock.frozen(make.days_ago(60)):
        _company, permit = make.standing_permit()
    service.amend(make.reviewer(), permit.key, scope=ScopeValues(("notice", "marketing")))
    ask, then = caller("reviewer"), clock.write_moment(make.days_ago(30)).replace("+", "%2B")
    assert ask.get(f"{AT}/{permit.key}").json["categories"] == ["notice", "marketing"]
    assert ask.get(f"{AT}?port=10690123&as_of={then}").json["items"][0]["categories"] == ["notice"]
    before = clock.write_moment(make.days_ago(90)).replace("+", "%2B")
    assert of(ask.get(f"{AT}?port=10690123&as_of={before}")) == []
    assert of(ask.get(f"{AT}?port=10690123&known_at={before}")) == []
    assert ask.get(f"{AT}/{permit.key}?as_of={before}").status_code == 404
    assert len(ask.get(f"{AT}/{permit.key}/history").json["items"]) == 3


@pytest.mark.parametrize("kind", ["permit", "port", "prefix", "signature", "signature_text", "enterprise"])
def test_a_suspension_stops_the_permit_until_it_is_lifted_and_never_edits_it(caller, kind):
    company, permit = make.standing_permit()
    subjects = {
        "permit": permit.key,
        "port": permit.port,
        "prefix": "1069",
        "signature": key_of("SIG", permit.signature, permit.owner),
        "signature_text": permit.signature,
        "enterprise": company.code,
    }
    ask = caller("reviewer")
    measure = make.measure(kind.removesuffix("_text"), subjects[kind])
    during = clock.now()
    shown = ask.get(f"{AT}/{permit.key}").json
    assert (shown["in_force"], shown["suspended_by"]) == (False, [measure.key])
    assert ask.get(AT).json["items"][0]["suspended_by"] == [measure.key]
    measures.lift(make.reviewer(), measure.key, reason="cleared")
    shown = ask.get(f"{AT}/{permit.key}").json
    assert (shown["in_force"], shown["suspended_by"]) == (True, [])
    then = clock.write_moment(during).replace("+", "%2B")
    assert ask.get(f"{AT}/{permit.key}?as_of={then}").json["suspended_by"] == [measure.key]
    assert len(queries.history(permit.key)) == 1


def test_a_limit_is_named_and_leaves_the_permit_in_force(caller):
    _company, permit = make.standing_permit()
    measure = make.measure("permit", permit.key, "limit", limits={"monthly_volume": "1000"})
    shown = caller("reviewer").get(f"{AT}/{permit.key}").json
    assert (shown["in_force"], shown["limited_by"]) == (True, [measure.key])


def test_a_suspended_agent_takes_its_customers_permit_with_it(caller):
    holder = make.enterprise("持有人", "sms_service_company")
    agent, customer, other = make.enterprise("代理"), make.enterprise("客户"), make.enterprise("别家")
    make.port(holder.code)
    make.delegation(holder.code, agent.code, "106901238", "agent")
    make.delegation(agent.code, customer.code, "1069012388")
    make.delegation(holder.code, other.code, "106901237")
    for owner, digits, text in ((customer, "1069012388", "客户"), (other, "106901237", "别家")):
        make.signature(owner.code, text)
        make.permit(owner.code, owner.code, digits, text)
    measure = make.measure("enterprise", agent.code)
    found = {item["signature"]: item["suspended_by"] for item in caller("reviewer").get(AT).json["items"]}
    assert found == {"客户": [measure.key], "别家": []}


def test_a_company_sees_its_permits_and_those_on_its_ports_and_no_others(caller):
    company, permit = make.standing_permit()
    owner = make.enterprise("乙公司")
    make.signature(owner.code, "乙")
    theirs = make.permit(owner.code, owner.code, "106901235", "乙")
    stranger = make.enterprise("丙公司")
    holders, owners, strangers = (caller("company_key", enterprise=each.code) for each in (company, owner, stranger))
    assert set(of(holders.get(AT))) == {permit.key, theirs.key}
    assert of(owners.get(AT)) == [theirs.key]
    assert of(strangers.get(AT)) == []
    assert owners.get(f"{AT}/{permit.key}").status_code == 404
    assert owners.get(f"{AT}/{permit.key}/history").status_code == 404
    assert strangers.get(f"{AT}/governing?port=10690123&signature=甲科技").json == {"items": []}


def test_the_governing_permit_comes_first(caller):
    company, exact = make.standing_permit()
    wide = make.permit(company.code, company.code, "10690123*")
    found = caller("gateway").get(f"{AT}/governing?port=10690123&signature=甲科技&user={company.code}")
    assert of(found) == [exact.key, wide.key]
    assert [row.key for row in queries.governing("106901231", "甲科技")] == [wide.key]


@pytest.mark.parametrize(
    "asked", ["port=12ab", "port=1", "as_of=yesterday", "owner=911", "colour=red", "port=1069&port=1065", "limit=0"]
)
def test_a_wrong_filter_is_named_not_ignored(caller, asked):
    answer = caller("reviewer").get(f"{AT}?{asked}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == asked.split("=", maxsplit=1)[0]


def test_standing_is_always_shown(caller):
    company = make.enterprise()
    make.port(company.code, standing="inherited", valid_from=make.days_ago(500))
    assert caller("reviewer").get("/api/v1/ports/10690123").json["standing"] == "inherited"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 12))
def test_pages_of_any_size_hold_every_permit_once_and_in_order(paged, limit):
    seen, after = [], ""
    while True:
        page = queries.listed(SYSTEM, PageRequest(after, limit))
        seen += [row.key for row in page.items]
        assert len(page.items) <= limit
        after = page.after
        if not after:
            break
    assert seen == paged


@pytest.fixture
def paged(session):
    company, permit = make.standing_permit()
    more = [make.permit(company.code, company.code, f"1069012300{n}").key for n in range(8)]
    return sorted([permit.key, *more])
