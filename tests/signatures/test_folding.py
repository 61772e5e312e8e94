"""Folding of signatures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.signatures.folding import fold, is_same, simplified
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("京东", "京東"),
        ("JD商城", "ｊｄ商城"),
        (" 中国 银行\t", "中國銀行"),
        ("3６0", "360"),
        ("京\u200b东", "京东"),
        ("①号店", "1号店"),
        ("后台", "後臺"),
    ],
)
def test_the_same_signature_written_differently_is_the_same(one, other):
    assert is_same(one, other)


@pytest.mark.parametrize(("one", "other"), [("东吴证券", "东兴证券"), ("京东", "京东金融"), ("", "京")])
def test_different_signatures_stay_different(one, other):
    assert not is_same(one, other)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20))
def test_blanks_around_a_text_do_not_count(text):
    assert is_same(f" \u3000{text}\n", text)


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=20))
def test_simplifying_keeps_the_length_and_has_an_end(text):
    assert simplified(simplified(text)) == simplified(text)
    assert len(simplified(text)) == len(text)


def test_every_single_character_folds_to_an_end():
    assert [hex(code) for code in range(0x30000) if fold(fold(chr(code))) != fold(chr(code))] == []


@needs_shared
def test_short_names_of_companies_fold_to_an_end():
    names = (SHARED / "data" / "company_short_names.txt").read_text(encoding="utf-8").splitlines()[::50]
    assert all(fold(fold(name)) == fold(name) for name in names)
