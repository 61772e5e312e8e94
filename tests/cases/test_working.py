"""Working a case: taken, proof entered, originals asked for, judged, closed; merged, split; weighed."""

import datetime as dt

import pytest

from registry.asks import queries as asked
from registry.asks import service as asks
from registry.audit import queries as audit
from registry.cases import drawing, queries, service, story
from registry.cases.workflow import MACHINE
from registry.detection import cases as gathering
from registry.detection import weighing
from registry.detection.kinds import CaseKind, CaseState
from registry.detection.model import Case
from registry.detection.proof import Element, Stance
from registry.detection.verdicts import Verdict
from registry.detection.weights import WEIGHTS
from registry.detection.workflow import FindingState
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.paging import PageRequest
from registry.papers import service as papers
from registry.store import unit_of_work
from tests.conftest import actor
from tests.detection.test_findings import DAY, PORT, detect, feed
from tests.factories.registered import delegation, enterprise, measure, permit, port, signature
from tests.papers.test_papers import PDF

ANALYST, SUPERVISOR = actor("analyst", name="wang"), actor("supervisor", name="chen")
PROVEN = Verdict.SUBLET_PROVEN
ORIGINAL = "the contract with the stranger"


def all_cases() -> list[Case]:
    return list(queries.cases(PageRequest(limit=100)).items)


def standing(case: Case, element: Element):
    return queries.told(case.key).standings[element]


def actions(case: Case) -> list[str]:
    return [each.action for each in audit.history("case", case.key)]


def prove(case: Case) -> None:
    """Take the case and enter what it lacks for the verdict."""
    service.take(ANALYST, case.key)
    service.note(ANALYST, case.key, Element.PAYMENT_OR_CONTRACT, Stance.FOR, "a receipt was found")


def test_a_case_says_its_score_as_a_sum_of_named_terms(case):
    assert {term["name"] for term in case.terms} == {each.rule for each in case.told}
    assert sum(term["points"] for term in case.terms) == case.score
    assert {term["name"]: term["weight"] for term in case.terms} == {
        each.rule: WEIGHTS[each.rule] for each in case.told
    }


def test_what_is_over_the_highest_score_is_a_term_too(case):
    for rule in ("S202", "S203"):
        weighing.change(SUPERVISOR, rule, 80, "on trial")
    assert (case.score, case.terms[-1]) == (100, {"name": "cap", "points": -60, "weight": 100, "findings": 0})


def test_a_changed_weight_weighs_open_cases_anew_and_is_on_record(case):
    changed = weighing.change(SUPERVISOR, "S203", 33, "too many false alarms")
    assert (changed.points, changed.usual, changed.version) == (33, WEIGHTS["S203"], 1)
    assert case.score == 33 + WEIGHTS["S202"]
    (event,) = audit.history("rule_weight", "S203")
    assert (event.before, event.after, event.reason) == (
        {"points": WEIGHTS["S203"]},
        {"points": 33},
        "too many false alarms",
    )
    detect()
    assert case.score == 33 + WEIGHTS["S202"]


def test_weights_are_changed_by_whoever_may_with_a_reason_and_on_the_version_read(case):
    with pytest.raises(Forbidden):
        weighing.change(ANALYST, "S203", 33, "why not")
    with pytest.raises(Invalid):
        weighing.change(SUPERVISOR, "S203", 33, " ")
    with pytest.raises(Invalid):
        weighing.change(SUPERVISOR, "S203", 101, "more")
    with pytest.raises(NotFound):
        weighing.change(SUPERVISOR, "S999", 1, "none")
    weighing.change(SUPERVISOR, "S203", 33, "first", version=0)
    with pytest.raises(Stale):
        weighing.change(SUPERVISOR, "S203", 34, "second", version=0)


def test_a_closed_case_keeps_the_score_that_it_was_closed_with(case):
    before = case.score
    service.take(ANALYST, case.key)
    service.judge(ANALYST, case.key, Verdict.INSUFFICIENT, "nobody answers")
    service.close(ANALYST, case.key, "done")
    weighing.change(SUPERVISOR, "S203", 1, "on trial")
    assert case.score == before


def test_the_key_of_a_case_stays_over_runs_and_its_findings_stay_in_it(case, tmp_path):
    keys = (case.key, {each.key for each in case.told})
    feed(tmp_path, ("丙商城", 12), day=DAY + dt.timedelta(days=1), name="later")
    detect(DAY + dt.timedelta(days=1))
    (again,) = all_cases()
    assert (again.key, {each.key for each in again.told}) == keys
    assert again.last_day == DAY + dt.timedelta(days=1)


def test_a_verdict_needs_what_it_rests_on(case):
    service.take(ANALYST, case.key)
    assert standing(case, Element.USE_BY_ANOTHER).shown
    assert standing(case, Element.NO_AUTHORITY).shown
    with pytest.raises(Conflict) as refused:
        service.judge(ANALYST, case.key, PROVEN, "we are sure")
    assert (refused.value.code, "payment or contract" in refused.value.fix) == ("unproven", True)
    service.note(ANALYST, case.key, Element.PAYMENT_OR_CONTRACT, Stance.FOR, "the stranger showed its receipt")
    judged = service.judge(ANALYST, case.key, PROVEN, "receipt compared")
    assert (judged.state, judged.verdict) == (CaseState.JUDGED, PROVEN)
    assert {(each.state, each.verdict) for each in judged.told} == {(FindingState.CONFIRMED, PROVEN)}


def test_what_speaks_against_an_element_counts_when_it_was_entered_last(case):
    prove(case)
    service.note(ANALYST, case.key, Element.PAYMENT_OR_CONTRACT, Stance.AGAINST, "the receipt is of another port")
    assert standing(case, Element.PAYMENT_OR_CONTRACT).stance is Stance.AGAINST
    with pytest.raises(Conflict):
        service.judge(ANALYST, case.key, PROVEN, "still sure")


def test_a_case_is_closed_when_nothing_is_waited_for_and_can_be_reopened(case, parties):
    prove(case)
    wanted = service.ask(ANALYST, case.key, parties["holder"], Element.NO_AUTHORITY, ORIGINAL)
    service.judge(ANALYST, case.key, PROVEN, "receipt compared")
    with pytest.raises(Forbidden, match="still asked for"):
        service.close(ANALYST, case.key, "done")
    asks.drop(ANALYST, wanted.key, "no longer needed")
    assert service.close(ANALYST, case.key, "done").state is CaseState.CLOSED
    again = service.reopen(SUPERVISOR, case.key, "new light")
    assert (again.state, again.verdict) == (CaseState.IN_WORK, None)
    assert {each.state for each in again.told} == {FindingState.OPEN}
    assert actions(case) == ["case.take", "case.note", "case.ask", "case.judge", "case.close", "case.reopen"]


def test_new_findings_join_a_case_that_is_worked_and_open_one_that_follows_a_closed_one(case, tmp_path):
    stranger = enterprise("丁旅行有限公司").code
    signature(stranger, "丁旅行")
    service.take(ANALYST, case.key)
    feed(tmp_path, ("丁旅行", 30), day=DAY + dt.timedelta(days=1), name="other")
    detect(DAY + dt.timedelta(days=1))
    (same,) = all_cases()
    assert (same.key, "丁旅行" in same.signatures) == (case.key, True)
    service.judge(ANALYST, case.key, Verdict.INSUFFICIENT, "nobody answers")
    service.close(ANALYST, case.key, "done")
    feed(tmp_path, ("丁旅行", 30), day=DAY + dt.timedelta(days=2), name="once more")
    detect(DAY + dt.timedelta(days=2))
    new = next(each for each in all_cases() if each.key != case.key)
    assert (new.follows, new.state, new.signatures) == (case.key, CaseState.OPEN, ["丁旅行"])


def test_a_case_whose_findings_are_gone_before_anybody_worked_it_is_withdrawn(case, parties):
    delegation(parties["holder"], parties["stranger"], PORT)
    detect()
    assert case.state in (CaseState.WITHDRAWN, CaseState.OPEN)
    left = {each.rule for each in case.told}
    assert (case.state is CaseState.WITHDRAWN) == (not left)


def test_a_split_case_stays_split_over_runs_and_the_rest_keeps_its_key(case, parties):
    service.take(ANALYST, case.key)
    going = next(each for each in case.told if each.rule == "S202")
    made = service.split(ANALYST, case.key, [going.key], "another matter")
    assert (made.follows, [each.key for each in made.told]) == (case.key, [going.key])
    detect()
    assert {each.key: {one.rule for one in each.told} for each in all_cases()} == {
        case.key: {"S203"},
        made.key: {"S202"},
    }
    with pytest.raises(Invalid):
        service.split(ANALYST, case.key, [each.key for each in case.told], "all of it")
    with pytest.raises(Invalid):
        service.split(ANALYST, case.key, [going.key], "not its own")


def test_a_merged_case_gives_all_that_it_has_to_the_other_for_good(case, parties):
    service.take(ANALYST, case.key)
    (going, *_rest) = case.told
    other = service.split(ANALYST, case.key, [going.key], "another matter")
    service.take(ANALYST, other.key)
    service.note(ANALYST, other.key, Element.NO_AUTHORITY, Stance.FOR, "the owner says no")
    wanted = service.ask(ANALYST, other.key, parties["holder"], Element.PAYMENT_OR_CONTRACT, ORIGINAL)
    service.merge(ANALYST, other.key, case.key, "one story after all")
    assert (other.state, other.merged_into, len(case.told)) == (CaseState.MERGED, case.key, 2)
    assert asked.ask(SUPERVISOR, wanted.key).case == case.key
    assert "the owner says no" in standing(case, Element.NO_AUTHORITY).why[-1].en
    detect()
    assert [each.key for each in all_cases()] == [case.key]
    with pytest.raises(Conflict):
        service.merge(ANALYST, case.key, other.key, "the other way round")
    with pytest.raises(Conflict):
        service.merge(ANALYST, case.key, case.key, "into itself")


def test_an_original_that_was_looked_at_counts_for_its_element(case, parties):
    company = actor("company", name="wu", enterprise=parties["holder"])
    service.take(ANALYST, case.key)
    wanted = service.ask(ANALYST, case.key, parties["holder"], Element.PAYMENT_OR_CONTRACT, ORIGINAL)
    paper = papers.upload(company, PDF, "contract.pdf", "other")
    asks.answer(company, wanted.key, "here it is", [paper.key])
    assert standing(case, Element.PAYMENT_OR_CONTRACT).stance is None
    asks.accept(ANALYST, wanted.key, Stance.FOR, "it names the stranger and a price")
    assert standing(case, Element.PAYMENT_OR_CONTRACT).shown
    assert service.judge(ANALYST, case.key, PROVEN, "the contract").verdict is PROVEN


def test_cases_come_by_score_the_highest_first_and_a_page_goes_on_where_the_last_ended(case):
    with unit_of_work() as session:
        for place in range(4):
            row = Case(
                key=f"CAS-{place}",
                kind=case.kind,
                enterprise="",
                ports=["1069"],
                signatures=[],
                score=10 * (place // 2),
                terms=[],
                first_day=DAY,
                last_day=DAY,
                messages=1,
                opened_at=case.opened_at,
            )
            session.add(row)
    seen, after = [], ""
    while True:
        page = queries.cases(PageRequest(after, 2), order="score")
        seen += [each.key for each in page.items]
        after = page.after
        if not after:
            break
    assert seen == [case.key, "CAS-3", "CAS-2", "CAS-1", "CAS-0"]


def test_the_story_says_who_holds_who_was_declared_and_who_is_seen(case, parties):
    story = queries.told(case.key).story
    steps = {(party.name.zh, party.declared) for party in story.chain}
    assert steps == {("甲通信有限公司", True), ("乙银行有限公司", True), ("丙商城有限公司", False)}
    assert [party.note.en for party in story.chain if not party.declared] == [f"25 messages since {DAY}"]
    assert story.days == {DAY: 25}
    assert [(band.kind, band.until) for band in story.bands] == [("permit", None)]


def test_what_a_measure_did_stands_on_the_time_line_in_words(case):
    measure("port", case.ports[0])
    (band,) = (each for each in queries.told(case.key).story.bands if each.kind == "measure")
    assert (band.name.zh, band.name.en) == (f"暂停 {case.ports[0]}", f"suspension {case.ports[0]}")


def test_a_step_that_goes_beyond_its_permit_is_not_called_undeclared(case):
    told = queries.told(case.key)
    for finding in told.case.told:
        finding.kind = CaseKind.SCOPE_EXPANSION
    drawn = drawing.chain(story.told(told.case, told.registered), "en")
    assert "beyond the permit" in drawn
    assert "undeclared" not in drawn


@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("action", sorted({line.action for line in MACHINE.transitions}))
@pytest.mark.parametrize("role", ["supervisor", "analyst", "reviewer", "auditor", "company"])
def test_every_state_action_and_role_is_allowed_or_refused_as_the_table_says(state, action, role):
    who = actor(role, enterprise="E" if role == "company" else None)
    line = next((each for each in MACHINE.transitions if each.action == action and state in each.sources), None)
    waiting = type("C", (), {"waits": 0})()
    if who.may(next(each.permission for each in MACHINE.transitions if each.action == action)) and line:
        assert MACHINE.move(waiting, state, action, who) is line.target
    else:
        with pytest.raises((Conflict, Forbidden)):
            MACHINE.move(waiting, state, action, who)


def test_gathering_twice_changes_nothing(case):
    before = (case.version, case.score, {each.key for each in case.told})
    with unit_of_work() as session:
        gathered = gathering.gather(session, weighing.weights(session))
    assert (gathered.opened, gathered.merged, gathered.withdrawn) == ([], {}, [])
    assert (case.version, case.score, {each.key for each in case.told}) == before


def test_a_port_is_known_by_its_cases(case):
    assert [each.key for each in queries.cases(PageRequest(), port=case.ports[0]).items] == [case.key]
    assert queries.cases(PageRequest(), port="10690999").items == []


def test_the_list_the_page_and_the_export_count_each_message_once(case):
    told = queries.told(case.key)
    assert len(case.told) > 1, "several rules speak of the same messages"
    assert case.messages == told.story.messages == 25
    assert sum(each.messages for each in case.told) > 25


def test_a_story_over_two_holders_has_a_tree_for_each(case, parties, tmp_path):
    second = enterprise("丁通信有限公司", "sms_service_company").code
    bank = enterprise("戊银行有限公司").code
    number = "1069045601"
    port(second, "10690456", signing="shared")
    port(second, number)
    delegation(second, bank, number)
    signature(bank, "戊银行")
    permit(bank, bank, number, "戊银行")
    feed(tmp_path, ("戊银行", 30), ("丙商城", 40), name="second", to=number)
    detect()
    (other,) = (each for each in queries.cases(PageRequest()).items if each.key != case.key)
    service.take(ANALYST, case.key)
    service.take(ANALYST, other.key)
    service.merge(ANALYST, other.key, case.key, "同一租用方")
    story = queries.told(case.key).story
    names = {party.key: party.name.zh for party in story.chain}
    steps = {(names.get(party.under, ""), party.name.zh, party.declared, party.note.zh) for party in story.chain}
    assert steps == {
        ("", "丁通信有限公司", True, number),
        ("丁通信有限公司", "戊银行有限公司", True, ""),
        ("丁通信有限公司", "丙商城有限公司", False, f"40条，自{DAY}起"),
        ("", "甲通信有限公司", True, PORT),
        ("甲通信有限公司", "乙银行有限公司", True, ""),
        ("甲通信有限公司", "丙商城有限公司", False, f"25条，自{DAY}起"),
    }
    for width in (drawing.WIDE, drawing.NARROW):
        drawn = drawing.chain(story, "zh", width)
        assert drawn.count("<rect") == len(story.chain)
        assert all(drawn.count(f"<title>{name}") == count for name, count in (("丁通信", 1), ("丙商城", 2)))
