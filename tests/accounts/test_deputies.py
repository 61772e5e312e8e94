"""Deputies: who may decide in an absent colleague's place, and as whom."""

import datetime as dt

import pytest

from registry.accounts import queries, service
from registry.accounts.acting import actor_of
from registry.audit.queries import history
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import actor

LI, WANG, BOSS = "li@carrier.example", "wang@carrier.example", "zhang@carrier.example"
WEEK = dt.timedelta(days=7)


@pytest.fixture
def people(app):
    """Two reviewers, of whom one works in Shanghai, and a supervisor at headquarters."""
    said = {LI: ("reviewer", "31"), WANG: ("reviewer", "32"), BOSS: ("supervisor", None)}
    return {
        email: service.open_account(SYSTEM, email, email, [role], "amber lantern on the pier", office=office)
        for email, (role, office) in said.items()
    }


def week(absent, deputy, **values):
    return service.appoint(SYSTEM, absent, deputy, clock.now() + WEEK, "年假", **values)


def test_a_deputy_sees_the_colleagues_office_and_may_decide_as_that_one_may(people):
    before = actor_of(people[WANG])
    assert (before.stands_for, before.offices) == (frozenset(), frozenset({"32"}))
    week(LI, WANG)
    during = actor_of(people[WANG])
    assert (during.stands_for, during.offices) == (frozenset({LI}), frozenset({"31", "32"}))
    assert during.name == WANG
    week(BOSS, WANG)
    as_boss = actor_of(people[WANG])
    assert as_boss.offices == frozenset()
    assert as_boss.may("filing.reassign")
    assert not as_boss.may("registry.correct")
    assert not as_boss.may("filing.plant")


def test_the_period_bounds_it_and_its_end_ends_it(people):
    row = week(LI, WANG, since=clock.now() + dt.timedelta(days=1))
    assert actor_of(people[WANG]).stands_for == frozenset()
    with clock.frozen(row.valid_from):
        assert actor_of(people[WANG]).stands_for == frozenset({LI})
    with clock.frozen(row.valid_until):
        assert actor_of(people[WANG]).stands_for == frozenset()
    with clock.frozen(row.valid_from):
        service.end_deputy(SYSTEM, row.key)
        assert actor_of(people[WANG]).stands_for == frozenset()
    told = [(each.action, each.after["deputy"]) for each in history("account", LI) if each.action.startswith("deputy")]
    assert told == [("deputy.appointed", WANG), ("deputy.ended", WANG)]


def test_what_is_no_deputy_is_refused(people):
    service.open_account(SYSTEM, "out@carrier.example", "out", ["reviewer"], "amber lantern on the pier")
    service.close_account(SYSTEM, "out@carrier.example")
    with pytest.raises(Invalid, match="own deputy"):
        week(LI, LI)
    with pytest.raises(NotFound):
        week(LI, "nobody@carrier.example")
    with pytest.raises(Invalid, match="own staff"):
        week("out@carrier.example", WANG)
    with pytest.raises(Invalid, match="period"):
        service.appoint(SYSTEM, LI, WANG, clock.now(), "年假")
    with pytest.raises(Invalid, match="says why"):
        service.appoint(SYSTEM, LI, WANG, clock.now() + WEEK, " ")
    with pytest.raises(Forbidden):
        service.appoint(actor("reviewer"), LI, WANG, clock.now() + WEEK, "年假")
    week(LI, WANG)
    with pytest.raises(Conflict):
        week(LI, WANG)
    with pytest.raises(NotFound):
        service.end_deputy(SYSTEM, "DEP-NONE")


def test_offices_are_where_people_work(people):
    told = {each.office: each.people for each in queries.offices()}
    assert (told["31"], told["32"], told[""]) == (1, 1, 1)


def test_deputies_over_the_command_line(people, app):
    command = app.test_cli_runner()
    until = (clock.today() + WEEK).isoformat()
    made = command.invoke(args=["account", "deputy", LI, WANG, "--until", until, "--reason", "年假"])
    assert made.exit_code == 0, made.output
    listed = command.invoke(args=["account", "deputies", "--format", "json"]).output
    assert made.output.strip() in listed
    assert command.invoke(args=["account", "deputy", LI, LI, "--until", until, "--reason", "x"]).exit_code == 2
    assert command.invoke(args=["account", "deputy", LI, WANG, "--until", "soon", "--reason", "x"]).exit_code == 2
