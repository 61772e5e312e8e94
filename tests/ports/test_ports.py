"""Ports and delegations through the service and over HTTP."""

import pytest

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.ports import queries, service
from registry.ports.values import PortValues
from tests.conftest import actor
from tests.factories import registered as make

AT = "/api/v1/ports"


def digits_of(page):
    return [row.port for row in page.items]


def test_the_first_number_is_an_access_code_and_those_below_are_extensions(session):
    holder = make.enterprise()
    assert make.port(holder.code, "10690123").level == "access_code"
    assert make.port(holder.code, "1069012388").level == "extension"


def test_a_port_is_allotted_once_for_a_time(session):
    holder = make.enterprise()
    make.port(holder.code)
    with pytest.raises(Conflict) as refused:
        make.port(holder.code)
    assert refused.value.code == "port_allotted"
    assert "overlaps" in refused.value.detail


def test_it_may_be_allotted_anew_after_its_end(session):
    holder, next_holder = make.enterprise("甲"), make.enterprise("乙")
    with clock.frozen(make.days_ago(30)):
        make.port(holder.code)
    service.end_port(make.reviewer(), "10690123", reason="returned")
    make.port(next_holder.code)
    assert queries.one(SYSTEM, "10690123").holder == next_holder.code
    assert queries.one(SYSTEM, "10690123", as_of=make.days_ago(10)).holder == holder.code


def test_an_access_code_above_another_one_is_refused_with_peoples_words(session):
    make.port(make.enterprise("甲").code, "10690123")
    with pytest.raises(Conflict) as refused:
        make.port(make.enterprise("乙").code, "106901")
    assert refused.value.code == "access_codes_overlap"


def test_an_extension_under_a_strangers_code_is_refused_unless_it_was_let_or_is_a_carriers(session):
    holder, other = make.enterprise("甲"), make.enterprise("乙")
    carrier = make.enterprise("运营商", "carrier")
    make.port(holder.code, "10690123")
    make.port(carrier.code, "10655")
    with pytest.raises(Conflict) as refused:
        make.port(other.code, "1069012388")
    assert refused.value.code == "under_another_holder"
    make.delegation(holder.code, other.code, "10690123", "agent")
    assert make.port(other.code, "1069012388").level == "extension"
    assert make.port(other.code, "106550001", use="carrier_allotted").level == "extension"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"port": "1069abc"}, "port"),
        ({"port": "1" * 21}, "port"),
        ({"port": ""}, "port"),
        ({"port": "１０６９"}, "port"),
        ({"port": "10690123\n"}, "port"),
        ({"use": "rent"}, "use"),
        ({"signing": "many"}, "signing"),
        ({"max_length": 21}, "max_length"),
        ({"max_length": 4}, "max_length"),
        ({"provinces": ("11", "99")}, "provinces.1"),
        ({"holder": "123"}, "holder"),
    ],
)
def test_each_wrong_field_is_named(session, values, field):
    said = {"port": "10690123", "holder": make.code()} | values
    with pytest.raises(Invalid) as refused:
        service.allot(SYSTEM, PortValues(**said))
    assert [error.field for error in refused.value.fields] == [field]


def test_an_end_before_the_beginning_is_refused(session):
    holder = make.enterprise()
    with pytest.raises(Invalid) as refused:
        make.port(holder.code, valid_from=make.days_ago(-10), valid_until=make.days_ago(-5))
    assert refused.value.code == "period_empty"


def test_only_the_holder_or_staff_give_a_port_back(session):
    holder, other = make.enterprise("甲"), make.enterprise("乙")
    make.port(holder.code)
    with pytest.raises(NotFound):
        service.end_port(actor("company", enterprise=other.code), "10690123")
    assert service.end_port(actor("company", enterprise=holder.code), "10690123").valid_until is not None


def test_the_tree_shows_the_next_registered_ports_below(session):
    holder = make.enterprise()
    for digits in ("10690123", "106901231", "1069012311", "10690123115", "106901232", "106988"):
        make.port(holder.code, digits)

    def below(parent):
        return digits_of(queries.children(SYSTEM, PageRequest(), parent))

    assert below("") == ["10690123", "106988"]
    assert below("10690123") == ["106901231", "106901232"]
    assert below("106901231") == ["1069012311"]
    assert below("1069") == ["10690123", "106988"]


def test_a_hop_needs_the_holder_or_an_agent_before_it(session):
    holder, agent, user = (make.enterprise(name, "agent") for name in ("甲", "乙", "丙"))
    make.port(holder.code)
    with pytest.raises(Conflict) as refused:
        make.delegation(agent.code, user.code)
    assert refused.value.code == "not_theirs_to_let"
    make.delegation(holder.code, agent.code, role="agent")
    make.delegation(agent.code, user.code, "1069012388")
    assert queries.declared_users("1069012388") == {holder.code, agent.code, user.code}
    assert queries.declared_users("1069012377") == {holder.code, agent.code}
    with pytest.raises(Conflict, match="own holder"):
        make.delegation(agent.code, holder.code)
    with pytest.raises(Conflict, match="neither holds"):
        make.delegation(user.code, agent.code, "1069012388")


def test_a_hop_is_on_record_once_and_either_party_ends_it(session):
    holder, user, stranger = (make.enterprise(name) for name in ("甲", "乙", "丙"))
    make.port(holder.code)
    with clock.frozen(make.days_ago(-1)):
        hop = make.delegation(holder.code, user.code)
        with pytest.raises(Conflict) as refused:
            make.delegation(holder.code, user.code)
        assert refused.value.code == "delegation_exists"
        with pytest.raises(NotFound):
            service.end_delegation(actor("company", enterprise=stranger.code), hop.key)
        service.end_delegation(actor("company", enterprise=user.code), hop.key)


def test_a_company_sees_its_ports_what_was_let_to_it_and_nothing_else(caller):
    holder, user, stranger = (make.enterprise(name) for name in ("甲", "乙", "丙"))
    make.port(holder.code)
    make.port(holder.code, "106901231")
    make.port(holder.code, "106901232")
    make.delegation(holder.code, user.code, "106901231")
    asked = {each.name: caller("company_key", enterprise=each.code) for each in (holder, user, stranger)}
    seen = {name: [item["port"] for item in ask.get(AT).json["items"]] for name, ask in asked.items()}
    assert seen == {"甲": ["10690123", "106901231", "106901232"], "乙": ["10690123", "106901231"], "丙": []}
    assert asked["乙"].get(f"{AT}/106901232").status_code == 404
    assert asked["甲"].get(f"{AT}/106901232").status_code == 200
    hops = {name: len(ask.get("/api/v1/delegations").json["items"]) for name, ask in asked.items()}
    assert hops == {"甲": 1, "乙": 1, "丙": 0}


def test_the_lists_filter_by_their_fields(caller):
    holder, user = make.enterprise("甲"), make.enterprise("乙")
    make.port(holder.code)
    make.port(holder.code, "106901231", use="service")
    hop = make.delegation(holder.code, user.code, "106901231")
    ask = caller("reviewer")
    for asked, found in (("use=service", 1), ("prefix=10690123", 2), ("prefix=106901230", 0), ("level=access_code", 1)):
        assert len(ask.get(f"{AT}?{asked}").json["items"]) == found, asked
    covering = ask.get(f"/api/v1/delegations?port=1069012319&to_enterprise={user.code}").json["items"]
    assert [item["key"] for item in covering] == [hop.key]
    assert ask.get(f"/api/v1/delegations/{hop.key}").json["role"] == "end_user"
    assert [item["port"] for item in ask.get(f"{AT}/10690123/children").json["items"]] == ["106901231"]


def test_ports_answer_as_of_a_time(caller):
    with clock.frozen(make.days_ago(60)):
        make.port(make.enterprise("甲").code)
    with clock.frozen(make.days_ago(30)):
        service.end_port(make.reviewer(), "10690123")
    ask = caller("reviewer")

    def found(days):
        at = clock.write_moment(make.days_ago(days)).replace("+", "%2B")
        return len(ask.get(f"{AT}?port=10690123&as_of={at}").json["items"])

    assert [found(days) for days in (90, 45, 15)] == [0, 1, 0]
