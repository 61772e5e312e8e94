"""Messages that are read by their wordings are read as each by itself."""

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.texts import patterns, wording
from registry.texts.masking import MASK_DIGITS, mask_digits
from registry.texts.reading import read_message
from registry.texts.wordings import worded_query, wordings_of, wordings_query
from tests.shared import needs_shared
from tests.texts.accuracy import texts_of
from tests.texts.test_two_worlds import PIECES

DIGITS = (
    "7",
    "12",
    "【公司1】",
    "【公司2】",
    "公司1",
    "58同城",
    "【123456】是您的验证码",
    "验证码：[1234]",
    "【58同城】",
    "1/2)",
    "7/8)",
    "11/12 ",
    "买1送",
    "买3送",
    "【1】",
    "【12号店】",
    "电话12345",
    "4008123123",
    "2008123123",
    "电话400 812 3123",
    " 138 0013 8000",
    "，0571 60208971",
    "13912345678",
    "12912345678",
    "t.cn/9",
    "【续1】",
    "8折",
    "回复1退订",
    "【满2",
    "3】",
)


def by_wordings(texts: list[str]) -> list[tuple[Any, ...]]:
    table = pa.table({"n": range(len(texts)), "content": pa.array(texts, pa.string())})
    with duckdb.connect() as engine:
        engine.create_function(MASK_DIGITS, mask_digits, ["VARCHAR"], "VARCHAR", type="arrow")
        engine.register("given", table)
        engine.execute(f"CREATE TABLE message AS SELECT *, {MASK_DIGITS}(content) AS masked FROM given")  # noqa: S608
        engine.execute(f"CREATE TABLE wording AS {wordings_query('message')}")
        again = engine.execute("SELECT count(*) FROM wording WHERE from_text = 'again'").fetchall()[0][0] > 0
        query = worded_query("message", "wording", again=again)
        columns = "signature, signature_where, signature_read, category, opt_out, links, contacts"
        return engine.execute(f"SELECT {columns} FROM ({query}) ORDER BY n").fetchall()  # noqa: S608


def by_itself(texts: list[str]) -> list[tuple[Any, ...]]:
    read = [read_message(text) for text in texts]
    return [
        (each.signature, each.where, each.read, int(each.category), each.opt_out, [*each.links], [*each.contacts])
        for each in read
    ]


@needs_shared
@pytest.mark.parametrize("name", ["gateway_messages_2013.csv", "spam_reports_2018.jsonl", "odd_signature_cases.jsonl"])
def test_every_real_message_is_read_alike(name):
    texts = list(texts_of(name))
    assert by_wordings(texts) == by_itself(texts)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES + DIGITS), max_size=7).map("".join), min_size=1, max_size=120))
@example(["【公司1】您好【公司1】", "【公司1】您好【公司2】", "【公司9】您好", "1/2)【青禾】您好", "9/9)【青禾】您好"])
def test_texts_that_differ_in_digits_alone_are_read_alike(texts):
    assert by_wordings(texts) == by_itself(texts)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES + DIGITS), max_size=7).map("".join), unique=True, max_size=60))
def test_few_wordings_are_read_in_python_as_the_engine_reads_many(texts):
    masked = mask_digits(pa.array(texts, pa.string())).unique()
    with duckdb.connect() as engine:
        engine.register("given", pa.table({"masked": masked}))
        many = engine.sql(wordings_query("given")).order("masked").to_arrow_table()
    few = wordings_of(masked.to_pylist())
    assert few.schema.names == many.schema.names
    assert sorted(few.to_pylist(), key=lambda each: each["masked"].encode()) == many.to_pylist()


def test_a_name_is_taken_out_of_what_is_said_and_not_another_of_its_shape():
    texts = [
        "【贷款1号】您好，贷款2号优惠",
        "【贷款1号】您好，贷款1号优惠",
        "【品牌甲1】品牌甲2，请查收",
        "您的编号T5【编号T1】",
    ]
    assert by_wordings(texts) == by_itself(texts)


def named_patterns() -> Iterator[tuple[str, str]]:
    for module in (patterns, wording):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str):
                yield name, value


# What tells digits apart: parts of TELLING_DIGITS, or looked at only in the text as it is (contacts), where the masked
# form says whether there is any.
OF_DIGITS = {"LEAD", "PART_AT_START", "PART_MARK_AT_START", "HEAD", "HEAD_CUT_OPEN", "PROMOTION"}
APART = OF_DIGITS | {"CONTACT", "NUMBER", "SPACED"}


def test_no_other_pattern_tells_one_digit_from_another():
    loose = re.compile(r"\{[0-9,]+\}|\\x[0-9a-f]{2}|\[[^\]]*0-9[^\]]*\]|[!-~]\]|\\x00-@")
    telling = {name for name, pattern in named_patterns() if re.search("[0-9]", loose.sub("", pattern))}
    assert telling - {"MASK"} <= APART, "say so in TELLING_DIGITS"
