"""Working days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.law.calendar import add_working_days, is_working_day, known, spring_festival, working_days_between

days = st.dates(dt.date(2003, 1, 1), dt.date(2030, 1, 1))


def test_national_day_is_free_and_a_saturday_before_it_may_be_worked():
    assert not is_working_day(dt.date(2025, 10, 1))
    assert is_working_day(dt.date(2025, 9, 28))  # a Sunday, worked in exchange


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2028])
def test_the_spring_festival_is_free_where_the_holidays_are_known(year):
    first = spring_festival(year)
    assert dt.date(year, 1, 21) <= first <= dt.date(year, 2, 20)
    assert not known(year) or not is_working_day(first)


def test_five_working_days_jump_over_a_holiday():
    assert add_working_days(dt.date(2025, 9, 30), 1) == dt.date(2025, 10, 9)


def test_beyond_the_known_years_weekdays_are_taken_and_it_says_so():
    assert known(2025)
    assert not known(2200)
    assert is_working_day(dt.date(2200, 10, 1)) == (dt.date(2200, 10, 1).weekday() < 5)
    assert not is_working_day(dt.date(2200, 10, 4))


@given(days, st.integers(1, 30))
def test_the_nth_working_day_is_one_and_lies_n_working_days_ahead(day, count):
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days_between(day, later) == count


def test_no_days_are_the_day_itself_and_no_day_is_counted_backwards():
    assert add_working_days(dt.date(2025, 10, 1), 0) == dt.date(2025, 10, 1)
    assert working_days_between(dt.date(2025, 10, 2), dt.date(2025, 10, 1)) == 0
    with pytest.raises(ValueError, match="forward"):
        add_working_days(dt.date(2025, 10, 1), -1)
