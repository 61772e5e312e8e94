"""Names out of a list are found in texts."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.texts.naming import SHORTEST, Names

NAMES = Names(["月桃证券", "月桃证券资管", "棠永银行", "工行", "58同城商城", " 嘉原银行 ", "O2U", "abc"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("您的月桃证券账户需补录身份信息", ["月桃证券"]),
        ("月桃证券资管与月桃证券", ["月桃证券资管", "月桃证券"]),
        ("棠永银行嘉原银行棠永银行", ["棠永银行", "嘉原银行"]),
        ("棠永银", []),
        ("工行与58同城商城", []),
        ("xabc", ["abc"]),
        ("", []),
    ],
)
def test_a_text_names_the_longest_that_stands_there(text: str, found: list[str]):
    assert NAMES.spoken_of(text) == found


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=5)), st.text("甲乙丙丁", max_size=30))
def test_what_is_found_stands_there_and_nothing_of_the_list_is_missed(names: list[str], text: str):
    found = Names(names).spoken_of(text)
    assert all(name in names and name in text for name in found)
    assert bool(found) == any(len(name) >= SHORTEST and name in text for name in names)


def test_arrays_are_looked_through_text_by_text():
    texts = pa.chunked_array([["月桃证券"], ["无"]])
    assert NAMES.in_each(texts).to_pylist() == [["月桃证券"], []]
