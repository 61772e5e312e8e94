"""What measures take away, upon whom they fall, and which need a person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.measures import policy
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.limits import Limit, parse
from registry.measures.policy import Measure, Sending, concerns, limit_issue, missing_statements, reduced
from registry.permits.scope import UNLIMITED, Scope, Usage, reasons

SENDING = Sending(
    port="106900011",
    signature="京东",
    permit="P1",
    enterprises=frozenset({"A", "B"}),
    submitter="sp1",
    delegations=frozenset({"D1"}),
    template="T1",
)


def suspension(kind=SubjectKind.PERMIT, subject="P1", **more):
    return Measure(kind, subject, Action.SUSPEND, 100, **more)


@pytest.mark.parametrize(
    ("kind", "subject", "answer"),
    [
        ("permit", "P1", True),
        ("permit", "P2", False),
        ("port", "106900011", True),
        ("port", "10690001", False),
        ("prefix", "10690001", True),
        ("prefix", "10690001*", True),
        ("prefix", "10691", False),
        ("enterprise", "B", True),
        ("enterprise", "C", False),
        ("delegation", "D1", True),
        ("submitter", "sp1", True),
        ("signature", "京东", True),
        ("signature", "京东金融", False),
        ("template", "T1", True),
    ],
)
def test_a_measure_falls_upon_its_subject_alone(kind, subject, answer):
    assert concerns(suspension(SubjectKind(kind), subject), SENDING) is answer


def test_a_message_without_submitter_is_not_met_by_a_measure_on_one():
    assert not concerns(suspension(SubjectKind.SUBMITTER, "sp1"), replace(SENDING, submitter=""))


@pytest.mark.parametrize(
    ("span", "answer"), [((0, 99), False), ((0, 100), True), ((199, 300), True), ((200, 300), False)]
)
def test_a_measure_counts_within_its_period(span, answer):
    assert suspension(valid_until=200).in_force(*span) is answer


@pytest.mark.parametrize("state", [state for state in MeasureState if state is not MeasureState.IN_FORCE])
def test_a_measure_that_is_not_in_force_takes_nothing(state):
    assert not suspension(state=state).in_force(0, UNLIMITED)


def test_a_stopped_permit_refuses_while_the_measure_lasts_and_not_after():
    scope = reduced(Scope(2), [suspension(valid_until=200)])
    assert [rule.code for rule in reasons(Usage(2, 1, 150, 150), scope)] == ["PERMIT_SUSPENDED"]
    assert reasons(Usage(2, 1, 200, 200), scope) == []


def test_a_limit_leaves_what_it_names():
    limit = Measure(SubjectKind.PERMIT, "P1", Action.LIMIT, 0, limit=parse("categories=notice;monthly_volume=10"))
    scope = reduced(Scope(6, monthly_volume=100), [limit])
    assert (scope.categories, scope.monthly_volume) == (2, 10)


@pytest.mark.parametrize("action", [Action.WARN, Action.CORRECT, Action.STOP_NEW])
def test_a_warning_takes_nothing_from_what_is_permitted(action):
    assert reduced(Scope(2), [Measure(SubjectKind.PERMIT, "P1", action, 0)]) == Scope(2)


limits = st.builds(Limit, st.integers(0, 31), st.integers(0, 99), st.integers(0, 2**24 - 1))
measures = st.builds(
    Measure,
    st.just(SubjectKind.PERMIT),
    st.just("P1"),
    st.sampled_from(Action),
    st.integers(0, 50),
    st.integers(51, 99),
    limits,
)
usages = st.builds(Usage, st.integers(0, 31), st.integers(0, 3), st.just(50), st.just(60))


@given(usages, st.lists(measures, max_size=5))
def test_measures_never_permit_what_the_permit_does_not(usage, taken):
    scope = Scope(21, provinces=1, valid_from=40, valid_until=70)
    before = {rule.code for rule in reasons(usage, scope)}
    assert before <= {rule.code for rule in reasons(usage, reduced(scope, taken))}


@given(st.lists(measures, max_size=5))
def test_the_order_of_measures_does_not_matter(taken):
    assert reduced(Scope(31), taken) == reduced(Scope(31), reversed(taken))


@pytest.mark.parametrize(
    ("action", "kind", "subject", "ports", "categories", "code"),
    [
        ("suspend", "port", "10690123", [], 0, "MEASURE_MAIN_PORT"),
        ("limit", "prefix", "10690123*", [], 0, "MEASURE_MAIN_PORT"),
        ("suspend", "prefix", "1068", [], 0, "MEASURE_MAIN_PORT"),
        ("suspend", "port", "106901231", [], 0, None),
        ("suspend", "prefix", "106901231", [], 0, None),
        ("suspend", "port", "95588", [], 0, "MEASURE_PROTECTED_PORT"),
        ("suspend", "port", "955881", [], 0, "MEASURE_PROTECTED_PORT"),
        ("throttle", "port", "1211012", [], 0, "MEASURE_PROTECTED_PORT"),
        ("suspend", "prefix", "1069", [], 0, "MEASURE_PROTECTED_PORT"),
        ("suspend", "permit", "P1", ["10699000"], 0, "MEASURE_PROTECTED_PORT"),
        ("suspend", "permit", "P1", ["10699000*"], 0, "MEASURE_PROTECTED_PORT"),
        ("suspend", "permit", "P1", ["106901231"], 16, "MEASURE_PROTECTED_PORT"),
        ("suspend", "permit", "P1", ["106901231"], 4, None),
        ("suspend", "signature", "京东", ["95188"], 0, None),
        ("revoke", "permit", "P1", [], 0, "MEASURE_FINAL"),
        ("blacklist", "signature", "京东", [], 0, "MEASURE_FINAL"),
        ("suspend", "enterprise", "A", [], 0, "MEASURE_WHOLE_ENTERPRISE"),
        ("stop_new", "submitter", "sp1", [], 0, "MEASURE_WHOLE_ENTERPRISE"),
        ("warn", "port", "95588", [], 0, None),
        ("correct", "enterprise", "A", [], 0, None),
    ],
)
def test_what_reaches_far_is_never_automatic(action, kind, subject, ports, categories, code):
    found = policy.why_not_automatic(Action(action), SubjectKind(kind), subject, ports, categories)
    assert (found.code if found else None) == code


def test_a_limit_goes_with_a_limiting_action_and_with_no_other():
    assert limit_issue(Action.LIMIT, Limit()).code == "MEASURE_LIMIT_MISSING"
    assert limit_issue(Action.SUSPEND, Limit(categories=1)).code == "MEASURE_LIMIT_UNWANTED"
    assert limit_issue(Action.THROTTLE, Limit(monthly_volume=1)) is None
    assert limit_issue(Action.SUSPEND, Limit()) is None


def test_whoever_limits_says_reason_remedy_materials_and_appeal():
    assert missing_statements(Action.SUSPEND, {"reason": "转租", "remedy": " "}) == [
        "remedy",
        "materials",
        "appeal_channel",
    ]
    assert missing_statements(Action.WARN, {"reason": "转租"}) == []
