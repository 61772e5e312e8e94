"""What a signature's text and source must be like."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.law import provisions
from registry.signatures.kinds import SignatureSource
from registry.signatures.policy import REASONS, SOURCES, Draft, issues, protected_words, traditional_characters

BEFORE, AFTER = dt.date(2026, 4, 30), dt.date(2026, 5, 1)


def codes(text, source="trademark", names=(), when=AFTER):
    return [issue.code for issue in issues(Draft(text, source, tuple(names)), when)]


@pytest.mark.parametrize(
    "text", ["京东", "JD商城", "12306", "360", "2345", "7天酒店", "字" * 18, "土著人家", "哪吒茶庄"]
)
def test_a_plain_name_meets_no_objection(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("京", "SIGNATURE_LENGTH"),
        ("", "SIGNATURE_LENGTH"),
        ("字" * 19, "SIGNATURE_LENGTH"),
        ("【京东】", "SIGNATURE_CHARACTERS"),
        ("京东 商城", "SIGNATURE_CHARACTERS"),
        ("ＪＤ商城", "SIGNATURE_CHARACTERS"),
        ("京东\x00", "SIGNATURE_CHARACTERS"),
        ("京东😀", "SIGNATURE_CHARACTERS"),
        ("12345678", "SIGNATURE_ALL_DIGITS"),
        ("12307", "SIGNATURE_ALL_DIGITS"),
        ("京東商城", "SIGNATURE_TRADITIONAL"),
        ("温馨提示", "SIGNATURE_NEUTRAL"),
        ("溫馨提示", "SIGNATURE_NEUTRAL"),
        ("验证码", "SIGNATURE_NEUTRAL"),
    ],
)
def test_each_fault_has_its_code(text, code):
    assert code in codes(text)


def test_the_wrong_characters_are_named():
    found = issues(Draft("京-东*", "trademark"), AFTER)[0].reason
    assert "'-'" in found.sentence.en
    assert "'*'" in found.sentence.zh


def test_which_characters_are_allowed_is_a_dated_setting(monkeypatch):
    [row] = provisions.PROVISIONS["signatures.characters"]
    wider = replace(row, value=f"{row.value}&", valid_from=AFTER)
    rows = (replace(row, valid_until=AFTER), wider)
    monkeypatch.setitem(provisions.PROVISIONS, "signatures.characters", rows)
    assert "SIGNATURE_CHARACTERS" in codes("京&东", when=BEFORE)
    assert codes("京&东", when=AFTER) == []


def test_the_simplified_form_is_offered():
    found = issues(Draft("京東商城", "trademark"), AFTER)[0].reason
    assert "東" in found.sentence.zh
    assert "京东商城" in found.fix.zh


def test_a_source_that_ended_is_refused_with_the_day_since_when():
    for source, zh, day in (("app", "应用名称", "2026-05-01"), ("mini_program", "小程序", "2025-01-01")):
        [found] = issues(Draft("京东", source), AFTER)
        assert f"“{zh}”自 {day} 起不被接受" in found.reason.sentence.zh
        assert f"is not accepted since {day}; accepted: company name, short name" in found.reason.sentence.en
    assert issues(Draft("京东", "shop"), dt.date(2024, 12, 31)) == []


def test_every_source_has_its_name():
    assert set(SOURCES) == set(SignatureSource)


def test_an_app_is_accepted_until_april_2026_and_an_official_account_till_the_controls_of_2025():
    assert codes("京东", "app", when=BEFORE) == []
    assert codes("京东", "app", when=AFTER) == ["SIGNATURE_SOURCE"]
    assert codes("京东", "official_account", when=BEFORE) == ["SIGNATURE_SOURCE"]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("京东", ["北京京东世纪贸易有限公司"], []),
        ("京贸", ["北京京东世纪贸易有限公司"], ["SIGNATURE_NOT_IN_NAME"]),
        ("旧名", ["新名有限公司", "旧名有限公司"], []),
        ("京东", ["北京京東世紀貿易有限公司"], []),
        ("京东", [], []),
    ],
)
def test_a_short_name_stands_unbroken_in_one_of_the_owners_names(text, names, expected):
    assert codes(text, "short_name", names) == expected


def test_a_trademark_need_not_stand_in_the_name():
    assert codes("天猫", "trademark", ["浙江某网络有限公司"]) == []


@pytest.mark.parametrize("text", ["某某银行", "某某銀行", "朝阳公安", "中国移动营业厅"])
def test_a_protected_name_asks_for_a_person_and_does_not_block(text):
    found = [issue for issue in issues(Draft(text, "trademark"), AFTER) if issue.code == "SIGNATURE_PROTECTED_WORD"]
    assert len(found) == 1
    assert not found[0].blocking
    assert protected_words(text, AFTER)


def test_characters_of_both_scripts_are_not_traditional():
    assert traditional_characters("著乾後臺京東") == ["後", "臺", "東"]


@given(st.text(max_size=40), st.text(max_size=12))
def test_any_text_gets_its_objections_in_the_order_of_their_numbers(text, source):
    found = [issue.reason for issue in issues(Draft(text, source, (text,)), AFTER)]
    assert [reason.number for reason in found] == sorted(reason.number for reason in found)


def test_every_objection_has_a_number_of_its_own_in_the_block_of_signatures():
    numbers = [reason.number for reason in REASONS]
    assert len(set(numbers)) == len(numbers)
    assert all(300 <= number < 400 for number in numbers)
