"""Python and the engine read every message alike."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.texts.engine import messages_query, signatures_query
from registry.texts.reading import MessageReading, read_message, read_signature
from tests.shared import needs_shared
from tests.texts.accuracy import texts_of

PIECES = (
    "【",
    "】",
    "[",
    "]",
    "〖",
    "〗",
    "【】",
    "青禾银行",
    "温馨提醒",
    "可疑",
    "【可疑】",
    "(1/2)",
    "(2/2)",
    "转自10690123456*",
    "\t",
    "\n",
    "\x00",
    " ",
    "\ufeff",
    "\u3000",
    "回T退订",
    "退订回TD",
    "拒收请回复R",
    "退",
    "N拒",
    "验证码",
    "123456",
    "4006556159",
    "t.cn/Rk1",
    "http:",
    "a@b.com",
    "www.example.com.cn",
    "电话",
    "13800000000",
    "-",
    ".",
    "，",
    "。",
    "！",
    "(",
    ")",
    "（注）",
    "逾期",
    "尽快还款",
    "优惠",
    "台风",
    "回复A读下文",
    ",admin",
    "1",
    "甲",
    "İ",
    "é",
    "😀",
)


def from_the_engine(texts):
    table = pa.table({"n": range(len(texts)), "content": pa.array(texts, pa.string())})
    with duckdb.connect() as engine:
        engine.register("messages", table)
        rows = engine.execute(f"SELECT * FROM ({messages_query('messages')}) ORDER BY n").fetchall()  # noqa: S608
    lists = [tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row[2:]) for row in rows]
    return [MessageReading(*row) for row in lists]


@needs_shared
@pytest.mark.parametrize("name", ["gateway_messages_2013.csv", "spam_reports_2018.jsonl", "odd_signature_cases.jsonl"])
def test_every_real_message_is_read_alike(name):
    texts = texts_of(name)
    assert from_the_engine(texts) == [read_message(text) for text in texts]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), min_size=1, max_size=80))
def test_made_texts_full_of_brackets_are_read_alike(texts):
    assert from_the_engine(texts) == [read_message(text) for text in texts]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=40))
def test_any_text_at_all_is_read_alike(texts):
    assert from_the_engine(texts) == [read_message(text) for text in texts]


def test_the_signature_alone_can_be_asked_for_beside_the_columns_that_were_there():
    query = signatures_query("(SELECT '106' AS port, '【青禾】您好' AS body)", "body")
    with duckdb.connect() as engine:
        row = engine.execute(query).fetchone()
    reading = read_signature("【青禾】您好")
    assert row == ("106", "【青禾】您好", reading.signature, reading.where, reading.read, reading.sure)
