"""Industry sections."""

import csv

import pytest

from registry.law.industries import SECTIONS, is_industry, section_of
from tests.shared import SHARED, needs_shared


def test_twenty_sections_share_out_the_divisions_without_gap():
    bounds = [(section.first, section.last) for section in SECTIONS.values()]
    assert "".join(SECTIONS) == "ABCDEFGHIJKLMNOPQRST"
    assert [division for first, last in bounds for division in range(first, last + 1)] == list(range(1, 98))


@pytest.mark.parametrize("code", ["J", "J66", "J6621", "66", "662", "6621", "j66"])
def test_finance_is_section_j_however_it_is_written(code):
    assert section_of(code).letter == "J"


@pytest.mark.parametrize("code", ["", "U", "J70", "98", "00", "6", "J6", "J66211", "金融", "６６"])
def test_what_is_no_industry_is_refused(code):
    assert not is_industry(code)
    with pytest.raises(ValueError, match="no industry"):
        section_of(code)


def test_a_section_has_its_name_in_both_languages():
    assert section_of("J").name("zh_CN") == "金融业"
    assert section_of("J").name("en") == "Finance"


@pytest.mark.parametrize(("code", "letter"), [("P8241", "P"), ("P83", "P"), ("Q83", "Q"), ("O79", "O"), ("T96", "T")])
def test_behind_a_letter_the_digits_may_be_of_either_edition(code, letter):
    assert section_of(code).letter == letter


@needs_shared
def test_every_code_of_the_edition_of_2011_is_known():
    with (SHARED / "data" / "gbt4754_industry_2011.csv").open(encoding="utf-8-sig") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert all(section_of(code).letter == code[0] for code in codes)
