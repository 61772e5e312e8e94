"""From what people write to what the rules compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kernel.sentence import Unreadable
from registry.permits.scope import UNLIMITED
from registry.permits.scope_values import (
    all_of,
    contact,
    contacts_declared,
    declared_link,
    full_hours,
    hours_bits,
    hours_text,
    link,
    links_declared,
    unlimited_if_none,
)


def test_hours_from_eight_to_twenty_hold_eight_and_not_twenty():
    bits = hours_bits("08:00-20:00")
    assert [hour for hour in range(24) if bits >> hour & 1] == list(range(8, 20))


@given(st.integers(1, 2**24 - 1))
def test_every_set_of_hours_is_read_as_it_was_written(bits):
    assert hours_bits(hours_text(bits)) == bits


@pytest.mark.parametrize(
    "text", ["", "8:00-20:00", "20:00-08:00", "08:00-08:00", "08:60-20:00", "08:00-25:00", "08:00-20:00|", "每天"]
)
def test_hours_that_are_none_are_refused(text):
    with pytest.raises(Unreadable, match="08:00-20:00") as refused:
        hours_bits(text)
    assert refused.value.code == "HOURS_UNREADABLE"


def test_an_hour_of_which_a_part_is_permitted_counts_but_is_not_filed():
    assert hours_bits("08:30-19:30|22:00-22:15") == hours_bits("08:00-20:00|22:00-23:00")
    assert hours_bits("23:30-24:00") == hours_bits("23:00-24:00") == full_hours("23:00-24:00")
    with pytest.raises(Unreadable, match="full hours"):
        full_hours("08:30-20:00")


def test_no_limit_is_the_largest_integer():
    assert unlimited_if_none(None) == UNLIMITED
    assert unlimited_if_none(0) == 0


@pytest.mark.parametrize(
    ("declared", "seen"),
    [
        ("jd.com", "https://jd.com"),
        ("https://jd.com", "http://m.jd.com/a?b=c"),
        ("JD.com/", "jd.com:8080/x"),
        ("jd.com/sale", "jd.com/sale"),
        ("jd.com/sale/", "JD.COM/sale/11?x#y"),
        ("jd.com/sale", "jd.com//sale"),
        ("jd.com", "ｊｄ．ｃｏｍ/a"),
        ("京东.cn", "xn--xhq9m.cn/a"),
    ],
)
def test_a_declared_link_covers_its_host_sub_domains_and_paths_below(declared, seen):
    assert declared_link(declared).covers(link(seen))


@pytest.mark.parametrize(
    ("declared", "seen"),
    [
        ("jd.com", "notjd.com"),
        ("jd.com", "jd.com.evil.cn"),
        ("m.jd.com", "jd.com"),
        ("jd.com/sale", "jd.com/sales"),
        ("jd.com/sale", "jd.com"),
        ("jd.com/sale", "jd.com/sale/../other"),
        ("jd.com", "http://jd.com@evil.com/"),
        ("jd.com", "http://evil.com\\@jd.com"),
        ("jd.com", "evil.com?jd.com"),
    ],
)
def test_a_link_that_only_looks_like_the_declared_one_is_not_covered(declared, seen):
    assert not declared_link(declared).covers(link(seen))


@pytest.mark.parametrize("text", ["", "http://", "com", "jd", "-a.com", "[::1", "a b.com", "a..com", "京东"])
def test_what_is_no_link_is_refused(text):
    with pytest.raises(Unreadable) as refused:
        link(text)
    assert refused.value.code == "LINK_UNREADABLE"


def test_a_public_suffix_can_be_seen_but_not_declared():
    assert link("com.cn").host == "com.cn"
    with pytest.raises(Unreadable) as refused:
        declared_link("https://com.cn/")
    assert refused.value.code == "LINK_TOO_WIDE"


@given(st.text(max_size=40))
def test_any_text_is_a_link_or_refused(text):
    try:
        found = link(text)
    except Unreadable:
        return
    assert found.covers(link(str(found)))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("400-699-8888", "4006998888"),
        ("+86 138 0013 8000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("８６１", "861"),
        ("001", "001"),
        ("电话 95588", "95588"),
        ("kefu-JD1", "kefujd1"),
    ],
)
def test_a_contact_is_compared_by_its_digits(text, key):
    assert contact(text) == key


@pytest.mark.parametrize("text", ["", " - ", "+"])
def test_a_contact_without_anything_is_refused(text):
    with pytest.raises(Unreadable):
        contact(text)


def test_bits_say_which_links_and_contacts_are_declared():
    links = [link("a.com/1"), link("b.com"), link("m.a.com")]
    assert links_declared(links, [link("a.com")]) == 0b101
    assert all_of(links) == 0b111
    assert contacts_declared(["1", "2"], ["2"]) == 0b10
    assert all_of([]) == 0


@given(st.integers(0, 200), st.integers(0, 199))
def test_however_many_links_one_undeclared_shows(count, place):
    links = [link(f"a{n}.com") for n in range(count)]
    declared = [each for n, each in enumerate(links) if n != place]
    undeclared = all_of(links) & ~links_declared(links, declared)
    assert (undeclared != 0) == (place < count)
    assert 0 <= all_of(links) <= UNLIMITED
