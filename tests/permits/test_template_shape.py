"""A message has the shape of a template, however it is punctuated."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.permits.template_shape import filled, matches, shape

BODY = "【京东】尊敬的{1}，您的订单{2}已发货。"
WORDS = st.text(st.sampled_from("京东订单发货AB12"), min_size=1, max_size=6)
PIECES = st.lists(st.text(st.sampled_from("甲乙A1"), max_size=3), min_size=1, max_size=4)
MARKS = st.text(st.sampled_from(" 。，,.!！　\n"), max_size=3)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("【京东】尊敬的王女士，您的订单88已发货。", ["王女士", "88"]),
        ("【京东】尊敬的王女士, 您的订单 88 已发货", ["王女士", "88"]),
        ("[京东]尊敬的王女士您的订单８８已发货！！", ["王女士", "88"]),
        ("【京东】尊敬的，您的订单88已发货。", None),
        ("【京东】尊敬的王女士，您的订单88已签收。", None),
        ("【京东】尊敬的王女士，您的订单88已发货。点击领券", None),
        ("", None),
    ],
)
def test_marks_and_blanks_do_not_count_words_do(text, held):
    assert filled(BODY, text) == held


@given(pieces=st.lists(WORDS, min_size=1, max_size=4), values=st.lists(WORDS, min_size=3, max_size=3), marks=MARKS)
def test_a_template_that_is_filled_in_matches_whatever_marks_stand_in_it(pieces, values, marks):
    body = "".join(f"{piece}{{{place}}}" for place, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
    text = (
        "".join(f"{piece}{marks}{value}" for piece, value in zip(pieces[:-1], values, strict=False))
        + marks
        + pieces[-1]
    )
    assert matches(body, text)


@given(text=st.text(st.sampled_from("甲乙A1 。"), max_size=12), pieces=PIECES)
def test_it_agrees_with_a_search_of_every_way(text, pieces):
    body = pieces[0] + "".join(f"{{{place}}}{piece}" for place, piece in enumerate(pieces[1:], 1))
    whole = re.compile(".+".join(re.escape(shape(piece)) for piece in pieces), re.DOTALL)
    assert matches(body, text) == bool(whole.fullmatch(shape(text)))
