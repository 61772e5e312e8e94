"""Who an enterprise is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from registry.enterprises.identity import Identity, is_short_name_of, is_valid, parse
from registry.kernel.sentence import Unreadable
from tests.shared import SHARED, needs_shared

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.builds(
    "{}{}{}{}".format,
    st.sampled_from("123456789ANY"),
    st.sampled_from("12359"),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@given(bodies)
def test_every_well_formed_code_with_its_check_digit_is_read(body):
    code = body + uscc.calc_check_digit(body)
    assert parse(code) == Identity("USCC", code)
    assert parse(f" {code.lower()} ").code == code


@given(bodies, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(body, place, other):
    code = body + uscc.calc_check_digit(body)
    wrong = code[:place] + other + code[place + 1 :]
    assert is_valid(wrong) == (wrong == code)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("91350211M000100Y4", "USCC_LENGTH", "has 17"),
        ("", "USCC_LENGTH", "has 0"),
        ("91350211M000100Y43", "USCC_CHECK_DIGIT", "3, expected 6"),
        ("9135021IM000100Y46", "USCC_CHARACTER", "character 8 .* I"),
        ("91350211O000100Y46", "USCC_CHARACTER", "character 9 .* O"),
        ("B1350211M000100Y46", "USCC_CHARACTER", "character 1 "),
        ("91350211M000100Y4\x00", "USCC_CHARACTER", "character 18"),
        ("FOO:1", "IDENTITY_KIND", "FOO"),
        (":1", "IDENTITY_KIND", "unknown kind"),
        ("REG-CN:1", "IDENTITY_HOME_REGISTER", "USCC"),
        ("REG-USA:1", "IDENTITY_KIND", "REG-USA"),
        ("REG-US:", "IDENTITY_VALUE", "REG-US"),
        ("MIL:a|b", "IDENTITY_VALUE", "MIL"),
        ("MIL:" + "x" * 65, "IDENTITY_VALUE", "64"),
        ("OLD15:12345", "IDENTITY_VALUE", "15"),
        ("LEI:529900T8BM49AURSDO56", "IDENTITY_VALUE", "17442"),
    ],
)
def test_what_is_wrong_is_said(text, code, says):
    with pytest.raises(Unreadable, match=says) as refused:
        parse(text)
    assert refused.value.code == code
    assert refused.value.sentence.zh
    assert not is_valid(text)


@pytest.mark.parametrize("text", ["REG-US:0001234", "MIL:军队-71", "OLD15:110000012345678", "LEI:529900T8BM49AURSDO55"])
def test_other_registers_are_written_with_their_kind(text):
    assert parse(text).code == text
    assert parse(parse(text).code) == parse(text)


def test_full_width_letters_and_digits_are_read_as_plain_ones():
    body = "91350211M000100Y4"
    code = body + uscc.calc_check_digit(body)
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert parse(wide).code == code


@pytest.mark.parametrize(
    ("short", "full", "answer"),
    [
        ("京东", "北京京东世纪贸易有限公司", True),
        ("京东贸易", "北京京东世纪贸易有限公司", False),
        ("东京", "北京京东世纪贸易有限公司", False),
        ("ibm中国", "IBM中国有限公司", True),
        ("", "北京京东世纪贸易有限公司", False),
        (" ", "北京京东世纪贸易有限公司", False),
    ],
)
def test_a_short_name_is_a_continuous_part_of_the_full_one(short, full, answer):
    assert is_short_name_of(short, full) is answer


@needs_shared
def test_every_valid_code_of_the_standard_library_is_read():
    lines = (SHARED / "data" / "uscc_valid.txt").read_text(encoding="utf-8").split()
    assert [parse(line).code for line in lines] == lines
