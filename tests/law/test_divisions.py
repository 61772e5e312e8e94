"""Provinces as codes, bits and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.law.divisions import ALL_PROVINCES, PROVINCES, is_province, name, province_bits, province_codes


def test_there_are_34_provinces_and_all_of_them_are_all_bits():
    assert len(PROVINCES) == 34
    assert province_bits(PROVINCES) == ALL_PROVINCES == 2**34 - 1


@given(st.sets(st.sampled_from(sorted(PROVINCES))))
def test_a_set_of_provinces_comes_back_from_its_bits(codes):
    assert set(province_codes(province_bits(codes))) == codes


@pytest.mark.parametrize("code", ["10", "1", "110000", "", "北京", "１１"])
def test_a_code_that_is_no_province_is_named(code):
    assert not is_province(code)
    with pytest.raises(ValueError, match="no province code"):
        province_bits(["11", code])


def test_names_are_known_in_both_languages():
    assert name("54", "zh_CN") == "西藏自治区"
    assert name("61", "en") == "Shaanxi"
    with pytest.raises(ValueError):
        name("99")


def test_bits_of_beijing_and_macao_never_move():
    assert province_bits(["11"]) == 1
    assert province_bits(["82"]) == 1 << 33
