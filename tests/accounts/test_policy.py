"""Waiting after wrong passwords, and what a password must be."""

import datetime as dt

import pytest

from registry.accounts.policy import FREE_BY_NAME, LONGEST_WAIT, objection, still_to_wait

NOON = dt.datetime(2026, 5, 1, 4, tzinfo=dt.UTC)


def seconds_after(failures: int) -> float:
    return still_to_wait([NOON] * failures, FREE_BY_NAME, NOON).total_seconds()


def test_the_first_wrong_passwords_cost_nothing():
    assert seconds_after(FREE_BY_NAME - 1) == 0


def test_each_further_one_doubles_the_wait_up_to_a_quarter_of_an_hour():
    assert [seconds_after(FREE_BY_NAME + more) for more in range(3)] == [15, 30, 60]
    assert seconds_after(100) == LONGEST_WAIT.total_seconds()


def test_the_wait_runs_from_the_last_failure():
    assert still_to_wait([NOON] * FREE_BY_NAME, FREE_BY_NAME, NOON + dt.timedelta(seconds=10)).total_seconds() == 5
    assert not still_to_wait([NOON] * FREE_BY_NAME, FREE_BY_NAME, NOON + dt.timedelta(seconds=15))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kurz", "password_short"),
        ("x" * 201, "password_long"),
        ("aaaaaaaaaaaaaaaa", "password_easy"),
        ("li.ming-li.ming", "password_easy"),
        ("三根柱子两张桌子一个好天气", None),
        ("correct horse battery", None),
    ],
)
def test_a_password_is_long_and_not_the_name(password, code):
    assert objection(password, "li.ming@example.com") == code
