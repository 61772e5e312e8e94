"""From a plan to outcomes: cohorts, samples, what is frozen, and what each item comes to."""

import datetime as dt

import pytest
import sqlalchemy as sa

from registry.audit import queries as audit
from registry.changes import queries as changes
from registry.detection import service as detection
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.kernel.standing import Standing
from registry.lookback import queries, service
from registry.lookback.kinds import ItemState, Outcome, RunState
from registry.lookback.model import Item, Run
from registry.lookback.service import freezing, planning
from registry.lookback.values import PlanValues
from registry.ports import queries as ports
from registry.store import unit_of_work
from registry.traffic import service as traffic
from tests.conftest import actor
from tests.factories.lookback import CODE, PORT, RESERVED, customer, feed, inherited_ports, items, plan, ran, today
from tests.factories.registered import port, signature

pytestmark = pytest.mark.usefixtures("session")


def states(run: Run) -> dict[str, ItemState]:
    return {label: item.state for label, item in items(run).items()}


def test_what_was_inherited_and_stands_up_to_the_checks_is_verified_from_then_on():
    holder = inherited_ports(2)
    run = ran(plan())
    assert run.state is RunState.COMPLETE
    assert states(run) == {CODE: ItemState.PASSED, f"{CODE}01": ItemState.PASSED}
    row = ports.one(SYSTEM, CODE)
    assert (row.standing, row.holder) == (Standing.VERIFIED, holder)
    assert audit.history("port", CODE)[-1].action == "port.verified"
    assert [each.action for each in changes.after(PageRequest("", 50), key=CODE).items] == ["opened", "changed"]


def test_before_the_look_back_the_entry_still_reads_as_it_was_then():
    inherited_ports(1)
    before = clock.now()
    ran(plan())
    assert ports.one(SYSTEM, CODE, before).standing is Standing.INHERITED


def test_every_item_leaves_one_event_and_the_run_its_beginning_and_end():
    inherited_ports(2)
    run = ran(plan())
    events = [event.action for event in audit.history("lookback_run", run.key)]
    assert events == ["lookback.order", "lookback.begin", "lookback.end"]
    for item in items(run).values():
        assert [event.action for event in audit.history("lookback_item", item.key)] == ["lookback.conclude"]
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("cohort", "value", "labels"),
    [
        ("port_prefix", PORT, {PORT, "delegation", "乙银行", f"乙银行 {PORT}"}),
        ("port_prefix", "10690", {CODE, PORT, "delegation", "乙银行", f"乙银行 {PORT}"}),
        ("port_prefix", "1066", set()),
        ("holder", "{user}", {"乙银行", f"乙银行 {PORT}"}),
        ("holder", "{holder}", {CODE, PORT, "delegation", f"乙银行 {PORT}"}),
        ("signature_source", "company_name", {"乙银行", "丙商城", f"乙银行 {PORT}"}),
        ("signature_source", "trademark", set()),
        ("approved_before", "2020-01-01", set()),
        ("standing", "verified", {CODE, PORT, "delegation", "乙银行", "丙商城", f"乙银行 {PORT}"}),
        ("standing", "inherited", set()),
    ],
)
def test_a_cohort_takes_in_what_its_plan_means(cohort, value, labels):
    parties = customer()
    run = ran(plan("cohort", cohort, value.format(**parties)))
    found = {"delegation" if item.subject_kind == "delegation" else label for label, item in items(run).items()}
    assert found == labels
    assert run.population == len(labels)


def test_approved_before_a_day_leaves_out_what_was_approved_on_it():
    customer()
    assert not items(ran(plan("old", "approved_before", str(today()))))
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        assert items(ran(plan("now old", "approved_before", str(today()))))


def test_only_the_kinds_that_a_plan_names_are_looked_at():
    customer()
    run = ran(plan("ports", "standing", "verified", subjects=("port",)))
    assert set(states(run)) == {CODE, PORT}


def test_what_findings_name_is_a_cohort(tmp_path):
    parties = customer()
    day = today() + dt.timedelta(days=2)
    feed(tmp_path, day, (PORT, "丙商城", 30))
    detection.run(SYSTEM, day, day)
    run = ran(plan("found", "findings"))
    assert {PORT, "丙商城"} <= set(items(run))
    assert items(run)[PORT].enterprise == parties["holder"]
    assert not items(ran(plan("found by none", "findings", "S999")))


def test_inherited_entries_come_first():
    holder = inherited_ports(1)
    port(holder, f"{CODE}09")
    run = ran(plan("prefix", "port_prefix", CODE))
    assert [item.label for item in sorted(items(run).values(), key=lambda item: item.key)] == [CODE, f"{CODE}09"]


def test_a_sample_is_drawn_by_a_recorded_seed_and_can_be_drawn_again():
    inherited_ports(20)
    first = ran(plan("one", "port_prefix", CODE, sample=5, seed=7))
    second = ran(plan("two", "port_prefix", CODE, sample=5, seed=7))
    other = ran(plan("three", "port_prefix", CODE, sample=5))
    assert (first.population, len(items(first)), first.seed) == (20, 5, 7)
    assert set(items(first)) == set(items(second))
    assert other.seed is not None


def test_an_item_is_unique_in_its_run():
    inherited_ports(1)
    run = ran(plan())
    [item] = items(run).values()
    with pytest.raises(Conflict), unit_of_work() as session:
        twin = {name: getattr(item, name) for name in Item.__table__.columns.keys() if name not in ("id", "key")}  # noqa: SIM118 - a collection of columns
        session.execute(sa.insert(Item).values(key="LBI-TWIN", **twin))


def test_all_items_are_judged_at_the_frozen_time_though_the_clock_goes_on():
    holder = inherited_ports(1)
    order = service.order(SYSTEM, plan().key)
    from registry.lookback.service.freezing import freeze

    freeze(SYSTEM, order.key)
    port(holder, f"{CODE}55", standing="inherited")
    with clock.frozen(clock.now() + dt.timedelta(days=900)):
        [run] = service.go_on(SYSTEM)
    assert set(items(run)) == {CODE}
    assert run.clock < clock.now()
    assert items(run)[CODE].concluded_at > run.clock + dt.timedelta(days=800)


def test_a_run_keeps_what_it_judged_by(tmp_path):
    customer()
    day = today() - dt.timedelta(days=1)
    feed(tmp_path, day, (PORT, "乙银行", 3))
    run = ran(plan("kept", "port_prefix", CODE, days=1))
    codes = {each["code"] for each in run.rules}
    assert {"S201", "F201"} <= codes
    assert {(each["kind"], len(each["sha256"])) for each in run.facts} >= {("base", 64)}
    assert {each["rule"] for each in run.counts} == {code for code in codes if code.startswith("S")}
    assert run.judged_at is not None
    feed(tmp_path, day, (PORT, "丙商城", 3), name="late")
    assert len(queries.run(SYSTEM, run.key).facts) == len(run.facts)


def test_a_run_judges_the_files_it_froze_though_they_were_put_together_with_late_ones(tmp_path):
    customer()
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        day = today() - dt.timedelta(days=1)
        for name, count in (("one", 30), ("two", 20)):
            feed(tmp_path, day, (PORT, "乙银行", count), (PORT, "丙商城", count), name=name)
        first = ran(plan("first", "port_prefix", CODE, days=1))
        run = planning.order(SYSTEM, plan("frozen", "port_prefix", CODE, days=1).key)
        freezing.freeze(SYSTEM, run.key)
        feed(tmp_path, day, (PORT, "丙商城", 40), (PORT, "丁游戏", 40), name="late")
        assert {each.files for each in traffic.compact(SYSTEM, day=day).merged} == {3}
        service.go_on(SYSTEM)
        frozen = queries.run(SYSTEM, run.key)
        later = ran(plan("later", "port_prefix", CODE, days=1))
    assert frozen.counts == first.counts != later.counts
    assert _judged(frozen) == _judged(first)


def _judged(run: Run) -> dict[str, tuple[ItemState, object]]:
    return {label: (item.state, item.seen.get("messages")) for label, item in items(run).items()}


def test_days_without_records_leave_everything_uncheckable_and_nothing_verified():
    inherited_ports(1)
    run = ran(plan("with records", days=2))
    [item] = items(run).values()
    assert (run.state, item.state, len(run.lacking)) == (RunState.INCOMPLETE, ItemState.NOT_CHECKABLE, 2)
    assert [each["code"] for each in item.reasons] == ["NO_RECORDS"]
    assert ports.one(SYSTEM, CODE).standing is Standing.INHERITED


def test_what_a_gateway_does_not_deliver_is_not_called_clean(tmp_path):
    customer()
    day = today() + dt.timedelta(days=1)
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        feed(tmp_path, day, (PORT, "乙银行", 3))
        run = ran(plan("blind", "port_prefix", PORT, days=1, subjects=("port",)))
        item = items(run)[PORT]
    assert item.state is ItemState.NOT_CHECKABLE
    assert {each["column"] for each in item.seen["not_judged"]} == {"submitter", "province"}
    assert item.seen["messages"] == 3


def test_what_the_rules_hit_needs_an_answer_and_names_the_finding(tmp_path):
    customer()
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        day = today() - dt.timedelta(days=1)
        feed(tmp_path, day, (PORT, "丙商城", 30))
        detection.run(SYSTEM, day, day)
        run = ran(plan("seen", "port_prefix", PORT, days=1))
        item = items(run)[PORT]
    assert item.state is ItemState.NEEDS_ANSWER
    assert "S203" in {each["code"] for each in item.reasons}
    assert item.findings
    assert item.due_at is not None
    assert all(each["zh"] and each["en"] for each in item.reasons)


def test_a_look_back_writes_findings_only_where_its_plan_says_so(tmp_path):
    from registry.detection import queries as found

    customer()
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        feed(tmp_path, today() - dt.timedelta(days=1), (PORT, "丙商城", 30))
        ran(plan("without", "port_prefix", PORT, days=1))
        assert not list(found.every_finding())
        ran(plan("with", "port_prefix", PORT, days=1, findings=True))
        assert list(found.every_finding())


def test_what_a_blocking_check_refuses_has_failed():
    holder = inherited_ports(1)
    port(holder, RESERVED, standing="inherited")
    run = ran(plan())
    assert states(run)[RESERVED] is ItemState.FAILED
    assert ports.one(SYSTEM, RESERVED).standing is Standing.INHERITED


def test_an_entry_that_ended_meanwhile_stops_nothing_and_is_not_verified():
    from registry.lookback.service.freezing import freeze
    from registry.ports import service as core

    inherited_ports(2)
    order = service.order(SYSTEM, plan().key)
    freeze(SYSTEM, order.key)
    core.end_port(SYSTEM, f"{CODE}01")
    with clock.frozen(clock.now()):
        [run] = service.go_on(SYSTEM)
    assert states(run)[f"{CODE}01"] is ItemState.PASSED
    assert queries.totals(run)["waiting"] == 0
    assert ports.one(SYSTEM, f"{CODE}01").standing is Standing.INHERITED


def test_the_parts_of_a_run_are_its_items():
    holder = inherited_ports(3)
    port(holder, RESERVED, standing="inherited")
    signature(holder, "甲通信")
    run = ran(plan("all", "holder", holder))
    totals = queries.totals(run)
    assert totals["items"] == 5 == sum(totals[each.value] for each in Outcome) + totals["waiting"]


def test_a_plan_that_is_due_runs_once_and_is_due_again_after_its_interval():
    inherited_ports(1)
    row = plan("yearly", every="12m")
    plan("when asked")
    resting = plan("resting", every="7d")
    service.rest(SYSTEM, resting.key)
    assert [run.plan for run in service.run_due(SYSTEM)] == [row.key]
    assert queries.plan(SYSTEM, row.key).due_on > today() + dt.timedelta(days=360)
    assert service.run_due(SYSTEM) == []


def test_a_run_that_was_broken_off_goes_on_with_the_due_ones():
    inherited_ports(1)
    order = service.order(SYSTEM, plan().key)
    assert service.order(SYSTEM, order.plan).key == order.key
    assert [run.key for run in service.run_due(SYSTEM)] == [order.key]


def test_a_cohort_of_nobody_is_a_whole_run():
    run = ran(plan())
    assert (run.state, queries.totals(run)["items"]) == (RunState.COMPLETE, 0)


def test_a_day_to_come_and_an_unknown_plan_are_refused():
    row = plan()
    with pytest.raises(Invalid):
        service.order(SYSTEM, row.key, to_day=today() + dt.timedelta(days=1))
    with pytest.raises(NotFound):
        service.run_plan(SYSTEM, "LBP-NONE")


def test_a_name_stands_for_one_plan():
    plan("twice")
    with pytest.raises(Conflict) as refused:
        plan("twice")
    assert refused.value.code == "plan_exists"


@pytest.mark.parametrize("role", ["reviewer", "auditor", "regulator", "administrator"])
def test_who_only_reads_makes_no_plans_and_runs_none(role):
    row = plan()
    with pytest.raises(Forbidden):
        service.add_plan(actor(role), PlanValues("x", "standing", "inherited"))
    with pytest.raises(Forbidden):
        service.order(actor(role), row.key)


def test_two_at_once_one_works_and_the_other_hears_so():
    from registry.jobs.lease import lease

    with lease("look-back"), pytest.raises(Conflict) as refused:
        service.run_due(SYSTEM)
    assert refused.value.code == "busy"
