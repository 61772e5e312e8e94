"""What holders, staff and the clock do about items: who may, from which state, and what it leaves behind."""

import datetime as dt
import itertools

import pytest

from registry.audit import queries as audit
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.standing import Standing
from registry.law import provisions
from registry.lookback import queries, service
from registry.lookback.kinds import ItemState
from registry.lookback.model import Item
from registry.lookback.service.items import move
from registry.lookback.workflow import MACHINE
from registry.measures.values import MeasureValues
from registry.ports import queries as ports
from registry.store import unit_of_work
from tests.conftest import actor
from tests.factories.lookback import RESERVED, inherited_ports, items, plan, ran, today
from tests.factories.registered import STATED, enterprise, port

pytestmark = pytest.mark.usefixtures("session")
ANALYST = actor("analyst", name="wang")


@pytest.fixture
def asked() -> Item:
    """An item about which its holder is asked: an entry in a range that is kept in reserve."""
    holder = enterprise("甲通信有限公司", "sms_service_company").code
    port(holder, RESERVED, standing="inherited")
    return service.ask(ANALYST, items(ran(plan()))[RESERVED].key, "请说明此端口的用途")


def holder_of(item: Item):
    return actor("company", name="holder", enterprise=item.enterprise)


def test_the_holder_answers_and_staff_finds_it_in_order(asked):
    answered = service.answer(holder_of(asked), asked.key, "自用，附合同")
    assert (answered.state, answered.answered_at is not None) == (ItemState.ANSWERED, True)
    passed = service.judge_passed(ANALYST, asked.key, "合同属实")
    assert (passed.state, passed.judged_by) == (ItemState.PASSED, "wang")
    assert ports.one(SYSTEM, RESERVED).standing is Standing.VERIFIED
    assert [step.action for step in queries.item(ANALYST, asked.key).steps] == ["conclude", "ask", "answer", "pass"]
    assert [event.actor for event in audit.history("lookback_item", asked.key)] == ["system", "wang", "holder", "wang"]


def test_another_company_finds_no_such_item(asked):
    stranger = actor("company", name="stranger", enterprise=enterprise("丙商城有限公司").code)
    with pytest.raises(NotFound):
        service.answer(stranger, asked.key, "是我们的")
    with pytest.raises(NotFound):
        queries.item(stranger, asked.key)


def test_an_item_that_the_run_has_not_come_to_is_not_seen_by_its_holder():
    from registry.lookback.service.freezing import freeze

    holder = inherited_ports(1)
    order = service.order(SYSTEM, plan().key)
    freeze(SYSTEM, order.key)
    [item] = items(order).values()
    company = actor("company", name="holder", enterprise=holder)
    with pytest.raises(NotFound):
        queries.item(company, item.key)
    with pytest.raises(NotFound):
        service.answer(company, item.key, "早说为好")


def test_papers_of_others_are_no_answer(asked):
    with pytest.raises(NotFound):
        service.answer(holder_of(asked), asked.key, "见附件", ["PAP-NONE"])
    assert queries.item(SYSTEM, asked.key).state is ItemState.NEEDS_ANSWER


@pytest.mark.parametrize("text", ["", "  "])
def test_an_answer_and_a_verdict_need_words(asked, text):
    with pytest.raises(Invalid):
        service.answer(holder_of(asked), asked.key, text)
    with pytest.raises(Invalid):
        service.judge_failed(ANALYST, asked.key, text)


def test_whoever_decides_on_an_old_version_hears_so(asked):
    with pytest.raises(Stale):
        service.judge_failed(ANALYST, asked.key, "不属实", version=asked.version - 1)


def test_what_failed_can_have_a_measure_proposed_once_and_it_takes_nothing_yet(asked):
    values = MeasureValues("", "", "suspend", **STATED)
    with pytest.raises(Conflict):
        service.propose_measure(ANALYST, asked.key, values)
    service.judge_failed(ANALYST, asked.key, "转租属实")
    measure = service.propose_measure(ANALYST, asked.key, values)
    assert (measure.subject_kind, measure.subject, measure.state) == ("port", RESERVED, "proposed")
    assert queries.item(SYSTEM, asked.key).measure == measure.key
    with pytest.raises(Conflict):
        service.propose_measure(ANALYST, asked.key, values)


def test_an_exception_holds_until_its_day(asked):
    until = clock.now() + dt.timedelta(days=90)
    service.except_until(ANALYST, asked.key, "年底前迁移完毕", until)
    assert ports.one(SYSTEM, RESERVED).standing is Standing.INHERITED
    with clock.frozen(until + dt.timedelta(minutes=1)):
        assert service.look(SYSTEM) == 1
    assert queries.item(SYSTEM, asked.key).state is ItemState.NEEDS_ANSWER


def test_an_exception_covers_the_next_runs_questions():
    inherited_ports(1)
    every_day = plan(days=1)
    [first] = items(ran(every_day)).values()
    until = clock.now() + dt.timedelta(days=90)
    service.except_until(ANALYST, first.key, "话单随后补送", until)
    [again] = items(ran(every_day)).values()
    assert (again.state, again.excepted_until) == (ItemState.EXCEPTED, until)


def test_an_exception_ends_on_a_day_to_come(asked):
    with pytest.raises(Invalid):
        service.except_until(ANALYST, asked.key, "曾经", clock.now() - dt.timedelta(days=1))


def test_an_answer_is_due_at_the_end_of_the_last_working_day(asked):
    from registry.law.calendar import add_working_days

    days = provisions.integer("lookback.answer_due", today())
    assert asked.due_at == clock.midnight(add_working_days(today(), days) + dt.timedelta(days=1))
    sooner = service.ask(ANALYST, asked.key, "请尽快", due=today() + dt.timedelta(days=1))
    assert sooner.due_at == clock.midnight(today() + dt.timedelta(days=2))


def test_before_the_day_nothing_is_overdue(asked):
    with clock.frozen(asked.due_at - dt.timedelta(seconds=1)):
        assert service.look(SYSTEM) == 0


def test_who_lets_the_day_go_by_is_marked_reminded_and_at_last_unreachable(asked):
    reminders = provisions.integer("findings.reminders", today())
    for count in range(1, reminders + 1):
        item = queries.item(SYSTEM, asked.key)
        with clock.frozen(item.due_at + dt.timedelta(seconds=1)):
            assert (service.look(SYSTEM), service.look(SYSTEM)) == (1, 0)
        item = queries.item(SYSTEM, asked.key)
        assert (item.state, item.overdue, item.reminders) == (ItemState.NEEDS_ANSWER, True, count)
    with clock.frozen(item.due_at + dt.timedelta(seconds=1)):
        service.look(SYSTEM)
    assert queries.item(SYSTEM, asked.key).state is ItemState.UNREACHABLE
    assert queries.waiting(SYSTEM)["unreachable"] == 1


def test_who_turns_up_late_can_still_answer(asked):
    service.give_up(ANALYST, asked.key, "电话停机")
    assert service.answer(holder_of(asked), asked.key, "号码已换").state is ItemState.ANSWERED


def test_what_waits_is_counted_for_whom_it_concerns(asked):
    assert queries.waiting(ANALYST)["needs_answer"] == 1
    assert queries.waiting(holder_of(asked))["needs_answer"] == 1
    stranger = actor("company", name="stranger", enterprise=enterprise("丙商城有限公司").code)
    assert queries.waiting(stranger)["needs_answer"] == 0


STAFF = ("administrator", "supervisor", "reviewer", "analyst", "auditor", "regulator", "gateway")
ROLES = ("company", "stranger", *STAFF)
ACTIONS = sorted({line.action for line in MACHINE.transitions})
JUDGES = {"supervisor", "analyst"}


@pytest.mark.parametrize("role", ROLES)
def test_every_state_action_and_role_goes_as_the_table_says(asked, role):
    enterprise_of = {"company": asked.enterprise, "stranger": "91110108000000000X"}
    who = actor("company" if role == "stranger" else role, name=role, enterprise=enterprise_of.get(role))
    may = {"lookback.judge": role in JUDGES, "lookback.run": role in JUDGES, "lookback.answer": role == "company"}
    for state, action in itertools.product(ItemState, ACTIONS):
        with unit_of_work() as session:
            session.get(Item, asked.id).state = state
        lines = [line for line in MACHINE.transitions if line.action == action and state in line.sources]
        expected = lines[0].target if lines and may[lines[0].permission] else None
        assert _tried(who, asked.key, action) == expected, (state, action, role)


def _tried(who, key: str, action: str) -> ItemState | None:
    try:
        return move(who, key, action, "因为").state
    except (Conflict, Forbidden, NotFound):
        return None
