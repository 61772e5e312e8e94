"""Names and bits of categories."""

import pytest

from registry.texts.category import ALL_CATEGORIES, Category, category_bits, category_names


def test_names_become_bits():
    assert category_bits(["notice", "marketing"]) == Category.NOTICE | Category.MARKETING


def test_bits_become_names_in_the_order_of_the_bits():
    assert category_names(Category.PUBLIC_GOOD | Category.VERIFICATION) == ["verification", "public_good"]


def test_every_set_of_bits_survives_its_names():
    assert [category_bits(category_names(bits)) for bits in range(ALL_CATEGORIES + 1)] == list(range(32))


def test_an_empty_list_is_no_category():
    assert category_bits([""]) == 0


@pytest.mark.parametrize("name", ["Marketing!", "NOTICE", "spam"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match="no category"):
        category_bits([name])


@pytest.mark.parametrize("bits", [32, -1])
def test_bits_that_stand_for_nothing_are_refused(bits):
    with pytest.raises(ValueError, match="no category"):
        category_names(bits)
