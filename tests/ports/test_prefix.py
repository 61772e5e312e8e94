"""Digits of ports and the arithmetic of prefixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ports import prefix as p

ports = st.text("0123456789", min_size=3, max_size=20)
few_digits = st.text("01", min_size=3, max_size=20)  # few symbols, so that nesting happens


@pytest.mark.parametrize("port", ["110", "106900011", "0" * 20])
def test_three_to_twenty_digits_are_a_port(port):
    assert p.parse(port) == port
    assert p.is_valid(port)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "PORT_EMPTY"),
        ("12", "PORT_LENGTH"),
        ("1" * 21, "PORT_LENGTH"),
        ("1069a", "PORT_NOT_DIGITS"),
        ("１０６９", "PORT_NOT_DIGITS"),
        ("٣٣٣٣", "PORT_NOT_DIGITS"),
        ("1069\n", "PORT_NOT_DIGITS"),
        ("106 9", "PORT_NOT_DIGITS"),
        ("1069\x00", "PORT_NOT_DIGITS"),
    ],
)
def test_what_is_no_port_is_refused_with_its_code(text, code):
    with pytest.raises(p.Unreadable) as refused:
        p.parse(text)
    assert refused.value.code == code
    assert not p.is_valid(text)


def test_the_wrong_character_is_named_with_its_place_in_both_languages():
    with pytest.raises(p.Unreadable, match="'x' at place 5") as refused:
        p.parse("1069x")
    assert "第5位" in refused.value.sentence.zh


@given(few_digits, few_digits)
def test_a_prefix_covers_a_port_exactly_where_its_range_holds_the_ports_range(one, other):
    (low, high), (first, last) = p.span(one), p.span(other)
    assert p.covers(one, other) == (low <= first and last <= high)


@given(few_digits, few_digits)
def test_prefixes_overlap_exactly_where_their_ranges_do(one, other):
    (low, high), (first, last) = p.span(one), p.span(other)
    assert p.overlaps(one, other) == (low < last and first < high)


@given(ports, ports)
def test_different_prefixes_have_different_ranges(one, other):
    assert (p.span(one) == p.span(other)) == (one == other)


@given(ports)
def test_a_range_stays_within_twenty_digits(port):
    low, high = p.span(port)
    assert 0 <= low < high <= 10**20


@given(ports)
def test_every_prefix_of_a_port_covers_it_and_gives_its_extension(port):
    assert p.prefixes_of(port)[0] == port
    for one in p.prefixes_of(port):
        assert p.covers(one, port)
        assert one + p.extension_of(one, port) == port


@given(st.lists(few_digits), few_digits)
def test_the_most_specific_prefix_covers_the_port_and_none_longer_does(prefixes, port):
    found = p.most_specific(prefixes, port)
    covering = [one for one in prefixes if port[: len(one)] == one]
    assert (found is None) == (not covering)
    assert found is None or len(found) == max(map(len, covering))


def test_a_port_that_is_not_under_a_prefix_adds_nothing_to_it():
    with pytest.raises(ValueError, match="does not begin with"):
        p.extension_of("10691", "10690")


@given(ports, st.booleans())
def test_a_pattern_is_written_as_it_was_read(port, exact):
    text = port if exact else port + "*"
    assert str(p.pattern(text)) == text


def test_an_exact_pattern_means_one_port_and_a_star_means_all_under_it():
    assert p.pattern("1069*").matches("10690")
    assert p.pattern("1069*").matches("1069")
    assert not p.pattern("1069").matches("10690")


@pytest.mark.parametrize("text", ["*", "10*", "106**", "10*69", ""])
def test_a_broken_pattern_is_refused(text):
    with pytest.raises(ValueError):
        p.pattern(text)
