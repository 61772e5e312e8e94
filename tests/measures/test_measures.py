"""Measures through the service and over HTTP."""

import pytest

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.law.calendar import is_working_day
from registry.measures import queries, service
from registry.measures.kinds import MeasureState
from registry.measures.values import MeasureValues
from registry.measures.workflow import MACHINE, Standing
from tests.conftest import actor
from tests.factories import registered as make

AT = "/api/v1/measures"
ROLES = ("administrator", "supervisor", "reviewer", "analyst", "auditor", "regulator", "company", "gateway")
MAY_IMPOSE, MAY_LIFT = {"supervisor", "analyst"}, {"supervisor", "analyst", "reviewer"}
STEPS = {
    ("proposed", "notify"): "notified",
    ("proposed", "impose"): "in_force",
    ("notified", "impose"): "in_force",
    ("in_force", "stay"): "stayed",
    ("stayed", "resume"): "in_force",
    **{(state, "lift"): "lifted" for state in ("proposed", "notified", "in_force", "stayed")},
    ("lifted", "look_again"): "lifted",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["notify", "impose", "stay", "resume", "lift", "look_again"])
@pytest.mark.parametrize("state", list(MeasureState))
def test_every_state_action_and_role(state, action, role):
    may = MAY_LIFT if action in {"stay", "lift", "look_again"} else MAY_IMPOSE
    who = actor(role, name="li")
    if role not in may:
        with pytest.raises(Forbidden):
            MACHINE.move(Standing("wang"), state, action, who)
    elif (state, action) in STEPS:
        assert MACHINE.move(Standing("wang"), state, action, who) == STEPS[state, action]
    else:
        with pytest.raises(Conflict):
            MACHINE.move(Standing("wang"), state, action, who)


def test_from_proposal_to_lifting_over_http(caller):
    _company, permit = make.standing_permit()
    analysts, reviewers = caller("analyst"), caller("reviewer")
    body = make.STATED | {"subject_kind": "permit", "subject": permit.key, "action": "suspend"}
    made = analysts.post(AT, json=body)
    assert (made.status_code, made.json["state"]) == (201, "proposed")
    assert reviewers.get(f"/api/v1/permits/{permit.key}").json["in_force"]
    path = f"{AT}/{made.json['key']}"
    for step, state in (("notify", "notified"), ("impose", "in_force")):
        head = {"If-Match": analysts.get(path).headers["ETag"]}
        assert analysts.post(f"{path}/{step}", json={}, headers=head).json["state"] == state
    assert not reviewers.get(f"/api/v1/permits/{permit.key}").json["in_force"]
    assert reviewers.post(f"{path}/lift", json={"reason": "cleared"}).status_code == 428
    assert reviewers.post(f"{path}/lift", json={"reason": "cleared"}, headers={"If-Match": '"1"'}).status_code == 412
    head = {"If-Match": reviewers.get(path).headers["ETag"]}
    assert reviewers.post(f"{path}/lift", json={}, headers=head).status_code == 422
    lifted = reviewers.post(f"{path}/lift", json={"reason": "cleared"}, headers=head)
    assert lifted.json["state"] == "lifted"
    assert lifted.json["second_look_due"]
    assert reviewers.get(f"/api/v1/permits/{permit.key}").json["in_force"]


def test_the_second_look_is_due_the_next_working_day_and_not_by_who_lifted(session):
    _company, permit = make.standing_permit()
    measure = make.measure("permit", permit.key)
    lifted = service.lift(make.reviewer("li"), measure.key, reason="cleared")
    assert lifted.second_look_due > clock.today()
    assert is_working_day(lifted.second_look_due)
    with pytest.raises(Forbidden, match="yourself"):
        service.look_again(make.reviewer("li"), measure.key)
    looked = service.look_again(make.reviewer("chen"), measure.key)
    assert looked.second_look_by == "chen"
    with pytest.raises(Forbidden, match="already"):
        service.look_again(make.reviewer("zhao"), measure.key)


@pytest.mark.parametrize("action", ["suspend", "limit", "revoke", "blacklist"])
@pytest.mark.parametrize("left_out", ["reason", "remedy", "materials", "appeal_channel"])
def test_whoever_limits_says_reason_remedy_materials_and_appeal(session, action, left_out):
    limits = {"hours": "08:00-18:00"} if action == "limit" else {}
    said = make.STATED | {left_out: " "}
    with pytest.raises(Invalid) as refused:
        service.propose(actor("analyst"), MeasureValues("port", "10690123", action, limits=limits, **said))
    assert [error.field for error in refused.value.fields] == [left_out]


@pytest.mark.parametrize(
    ("kind", "subject"), [("permit", "PMT-0"), ("signature", "无此签名"), ("enterprise", None), ("delegation", "DLG-0")]
)
def test_a_measure_upon_nothing_is_refused(session, kind, subject):
    with pytest.raises(NotFound):
        make.measure(kind, subject or make.code())


def test_an_unregistered_number_can_be_stopped(session):
    assert make.measure("prefix", "10680*").subject == "10680"


@pytest.mark.parametrize(("kind", "subject"), [("port", "10690123"), ("enterprise", ""), ("prefix", "955")])
def test_a_job_never_stops_a_main_port_an_enterprise_or_a_bank(session, kind, subject):
    company, _permit = make.standing_permit()
    said = MeasureValues(kind, subject or company.code, "suspend", **make.STATED)
    with pytest.raises(Forbidden):
        service.impose_at_once(SYSTEM, said)
    proposed = service.propose(SYSTEM, said)
    with pytest.raises(Forbidden):
        service.impose(SYSTEM, proposed.key)
    assert service.impose(actor("analyst"), proposed.key).state == "in_force"


def test_a_job_may_suspend_one_ordinary_permit(session):
    company, _permit = make.standing_permit()
    below = make.permit(company.code, company.code, "1069012388")
    said = MeasureValues("permit", below.key, "suspend", **make.STATED)
    assert service.impose_at_once(SYSTEM, said).enterprise == company.code


def test_a_measure_is_not_backdated(session):
    with pytest.raises(Invalid) as refused:
        make.measure("port", "10690123", valid_from=make.days_ago(3))
    assert refused.value.code == "backdated"


def test_a_measure_with_an_end_runs_out_by_itself(session):
    _company, permit = make.standing_permit()
    measure = make.measure("permit", permit.key, valid_until=make.days_ago(-2))
    assert queries.restraints([permit])[permit.key].suspended_by == (measure.key,)
    assert queries.restraints([permit], as_of=make.days_ago(-3)) == {}
    with clock.frozen(make.days_ago(-3)), pytest.raises(Conflict, match="run out"):
        service.lift(make.reviewer(), measure.key, reason="late")


def test_who_decides_on_an_outdated_version_is_told(session):
    measure = make.measure("port", "10690123")
    service.stay(make.reviewer(), measure.key, version=1, reason="appeal")
    with pytest.raises(Stale):
        service.lift(make.reviewer(), measure.key, version=1, reason="cleared")


def test_a_stayed_measure_takes_nothing_away_until_it_is_resumed(session):
    _company, permit = make.standing_permit()
    measure = make.measure("permit", permit.key)
    service.stay(make.reviewer(), measure.key, reason="appeal")
    assert queries.restraints([permit]) == {}
    service.resume(actor("analyst"), measure.key)
    assert permit.key in queries.restraints([permit])


def test_a_company_sees_what_falls_upon_its_own(caller):
    company, permit = make.standing_permit()
    stranger = make.enterprise("丙")
    keys = {make.measure("permit", permit.key).key, make.measure("prefix", "1069").key}
    other = make.measure("port", "10655001").key
    own, theirs = (caller("company_key", enterprise=each.code) for each in (company, stranger))
    assert {item["key"] for item in own.get(AT).json["items"]} == keys
    assert theirs.get(AT).json["items"] == []
    assert own.get(f"{AT}/{other}").status_code == 404
    assert caller("regulator").get(f"{AT}/{other}").json["state"] == "in_force"
    assert own.post(AT, json={"subject_kind": "port", "subject": "106", "action": "warn"}).status_code == 403


def test_the_list_filters_and_asks_as_of_a_time(caller):
    with clock.frozen(make.days_ago(10)):
        measure = make.measure("port", "10690123")
    service.lift(make.reviewer(), measure.key, reason="cleared")
    ask = caller("auditor")
    then = clock.write_moment(make.days_ago(5)).replace("+", "%2B")
    assert ask.get(f"{AT}?state=in_force").json["items"] == []
    assert [item["key"] for item in ask.get(f"{AT}?state=in_force&as_of={then}").json["items"]] == [measure.key]
    assert ask.get(f"{AT}?subject_kind=port&subject=10690123&action=suspend").json["items"][0]["state"] == "lifted"
