"""Which notice is due, and when a permit lapses."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.lifecycle import policy

TIERS = (30, 15, 2)
DAY = dt.date(2026, 1, 31)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("left", "due"), [(31, None), (30, 30), (16, 30), (15, 15), (10, 15), (3, 15), (2, 2), (0, 2), (-1, None)]
)
def test_the_nearest_notice_that_was_reached_is_due(left, due):
    assert policy.tier(left, TIERS) == due


def test_a_month_after_the_thirty_first_is_the_months_last_day():
    assert policy.months_after(DAY, 1) == dt.date(2026, 2, 28)
    assert policy.months_after(DAY, 12) == dt.date(2027, 1, 31)
    assert policy.months_after(DAY, -2) == dt.date(2025, 11, 30)


@given(days, st.integers(-60, 60))
def test_months_keep_their_order_and_their_day_where_there_is_one(day, months):
    after = policy.months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == day.day or after.day < day.day


def test_with_records_of_every_day_a_permit_lapses_after_the_months():
    recorded = [DAY + dt.timedelta(days=each) for each in range(400)]
    found = policy.idle(DAY, None, 6, DAY, recorded)
    assert (found.since, found.lapses_on) == (DAY, dt.date(2026, 7, 31))


def test_what_was_seen_later_counts_from_that_day():
    recorded = [DAY + dt.timedelta(days=each) for each in range(400)]
    seen = DAY + dt.timedelta(days=100)
    assert policy.idle(DAY, seen, 6, DAY, recorded).since == seen


def test_time_before_the_first_records_proves_nothing():
    first = DAY + dt.timedelta(days=50)
    assert policy.idle(DAY, None, 6, first, []).since == first


@given(st.sets(st.integers(1, 181), max_size=181))
def test_each_day_without_records_puts_the_end_off_by_a_day(missing):
    recorded = [DAY + dt.timedelta(days=each) for each in range(1, 182) if each not in missing]
    found = policy.idle(DAY, None, 6, DAY, recorded)
    assert found.lapses_on == dt.date(2026, 7, 31) + dt.timedelta(days=len(missing))
