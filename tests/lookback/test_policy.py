"""What is decided of an item, samples, intervals: values in, values out."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.kernel.errors import Invalid
from registry.lookback import policy
from registry.lookback.kinds import ItemState, Outcome, Weight
from registry.lookback.values import PlanValues

REFUSES, ASKS, LACKS, NOTES = Weight.REFUSES, Weight.ASKS, Weight.LACKS, Weight.NOTES


@pytest.mark.parametrize(
    ("weights", "state"),
    [
        ([], ItemState.PASSED),
        ([NOTES], ItemState.PASSED),
        ([LACKS, NOTES], ItemState.NOT_CHECKABLE),
        ([ASKS], ItemState.NEEDS_ANSWER),
        ([LACKS, ASKS], ItemState.NEEDS_ANSWER),
        ([ASKS, REFUSES, LACKS], ItemState.FAILED),
    ],
)
def test_what_is_known_to_be_wrong_counts_before_what_is_not_known(weights, state):
    assert policy.decide(weights) is state


@pytest.mark.parametrize(
    ("weights", "state"), [([], ItemState.PASSED), ([ASKS], ItemState.EXCEPTED), ([REFUSES], ItemState.FAILED)]
)
def test_an_exception_covers_questions_but_no_refusal(weights, state):
    assert policy.decide(weights, excepted=True) is state


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(ItemState), st.integers(0, 1000)))
def test_totals_balance_whatever_was_counted(counted):
    totals = policy.totals(counted)
    assert totals["items"] == sum(counted.values())
    assert totals["items"] == totals["waiting"] + sum(totals[each.value] for each in Outcome)


@settings(deadline=None)
@given(st.sets(st.text(max_size=8), max_size=40), st.integers(1, 50), st.integers(0, 2**31))
def test_a_sample_is_the_same_for_the_same_seed_and_never_larger_than_asked(keys, size, seed):
    listed = sorted(keys)
    drawn = policy.sampled(listed, size, seed)
    assert drawn == policy.sampled(listed[::-1], size, seed)
    assert len(drawn) == min(size, len(keys))
    assert drawn <= keys


def test_another_seed_draws_another_sample():
    keys = [str(number) for number in range(200)]
    assert policy.sampled(keys, 20, 1) != policy.sampled(keys, 20, 2)


@pytest.mark.parametrize(
    ("every", "day", "next_day"),
    [
        ("7d", dt.date(2026, 11, 24), dt.date(2026, 12, 1)),
        ("12m", dt.date(2026, 11, 24), dt.date(2027, 11, 24)),
        ("1m", dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
        ("3m", dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
        ("", dt.date(2026, 11, 24), None),
    ],
)
def test_a_plan_is_due_again_after_its_interval(every, day, next_day):
    assert policy.following(every, day) == next_day


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cohort": "port_prefix", "value": "1069A"}, "value"),
        ({"cohort": "port_prefix", "value": ""}, "value"),
        ({"cohort": "holder", "value": "91110000MA0000001"}, "value"),
        ({"cohort": "approved_before", "value": "yesterday"}, "value"),
        ({"cohort": "standing", "value": "good"}, "value"),
        ({"cohort": "signature_source", "value": "hearsay"}, "value"),
        ({"cohort": "findings", "value": "everything"}, "value"),
        ({"cohort": "moon", "value": ""}, "cohort"),
        ({"cohort": "standing", "value": "inherited", "every": "often"}, "every"),
        ({"cohort": "standing", "value": "inherited", "every": "0d"}, "every"),
        ({"cohort": "standing", "value": "inherited", "sample": 0}, "sample"),
        ({"cohort": "standing", "value": "inherited", "days": 367}, "days"),
        ({"cohort": "standing", "value": "inherited", "subjects": ("submitter",)}, "subjects.0"),
        ({"cohort": "standing", "value": "inherited", "name": " "}, "name"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused_with_its_field(values, field):
    with pytest.raises(Invalid) as refused:
        PlanValues(**{"name": "plan"} | values).checked()
    assert field in [error.field for error in refused.value.fields]
