"""What a throttle or a limit leaves."""

import pytest

from registry.kernel.sentence import Unreadable
from registry.measures.limits import Limit, limit_of, parse, written
from registry.permits.scope import UNLIMITED


def test_each_part_is_read_and_what_is_not_named_stays_unlimited():
    assert parse("categories=verification|notice;monthly_volume=1000;hours=08:00-18:00") == Limit(3, 1000, 0x3FF00)
    assert parse("monthly_volume=0") == Limit(UNLIMITED, 0, UNLIMITED)
    assert parse(" ") == Limit()


def test_parts_are_written_in_one_order():
    parts = {"hours": "08:00-18:00", "categories": "notice"}
    assert written(parts) == "categories=notice;hours=08:00-18:00"
    assert parse(written(parts)) == limit_of(parts)


@pytest.mark.parametrize(
    "text",
    [
        "categories",
        "categories=",
        "categories=adverts",
        "monthly_volume=-1",
        "monthly_volume=１０",
        "monthly_volume=1e3",
        "monthly_volume=" + "9" * 19,
        "hours=8-20",
        "speed=3",
        "monthly_volume=1;monthly_volume=2",
    ],
)
def test_a_limit_that_can_not_be_read_is_refused(text):
    with pytest.raises(Unreadable) as refused:
        parse(text)
    assert refused.value.sentence.zh
