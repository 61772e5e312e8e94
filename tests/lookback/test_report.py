"""The report of a run: readable by itself, and its numbers balance."""

import csv
import html
import io
import re

import pytest

from registry.kernel.actor import SYSTEM
from registry.lookback import queries, report, service
from registry.lookback.kinds import Outcome
from tests.factories.lookback import CODE, RESERVED, inherited_ports, items, plan, ran
from tests.factories.registered import port, signature

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def run():
    holder = inherited_ports(3)
    port(holder, RESERVED, standing="inherited")
    signature(holder, "=甲<b>通信")
    return ran(plan("号段 <复核>", "holder", holder))


def rows(run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(report.written(run, "csv")))))


def test_the_table_has_a_line_for_every_item_and_its_outcomes_balance(run):
    found, totals = rows(run), queries.totals(run)
    assert len(found) == totals["items"] == 5
    for outcome in Outcome:
        assert sum(row["outcome"] == outcome for row in found) == totals[outcome.value]
    assert all(row["reasons_zh"] and row["reasons_en"] for row in found if row["outcome"] != "passed")


def test_a_name_that_looks_like_a_formula_is_text_in_the_table(run):
    assert "'=甲<b>通信" in {row["label"] for row in rows(run)}


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh_CN", ("回头看报告", "通过", "未能判断的部分")), ("en", ("Look-back report", "passed", "not judged"))],
)
def test_the_page_says_it_in_both_languages_and_asks_for_nothing_else(run, language, words):
    page = "".join(report.written(run, "html", language))
    assert all(each in page for each in words)
    assert not re.search(r"(src|href)=|@import|url\(", page)
    assert html.escape("号段 <复核>") in page
    assert "<b>通信" not in page


def test_the_page_shows_what_was_not_judged():
    inherited_ports(1)
    run = ran(plan(days=2))
    page = "".join(report.written(run, "html", "en"))
    assert all(day in page for day in run.lacking)
    assert "not checkable" in page


def test_a_run_under_way_balances_with_what_still_waits():
    inherited_ports(2)
    from registry.lookback.service.freezing import freeze

    order = service.order(SYSTEM, plan().key)
    freeze(SYSTEM, order.key)
    assert queries.totals(order) == {"items": 2, "waiting": 2} | dict.fromkeys((each.value for each in Outcome), 0)
    assert {row["outcome"] for row in rows(order)} == {"waiting"}
    assert "still waiting" in "".join(report.written(order, "html", "en"))


def test_an_answer_counts_as_needing_one_until_it_is_judged():
    inherited_ports(1)
    run = ran(plan(days=1))
    key = items(run)[CODE].key
    service.ask(SYSTEM, key, "请说明")
    service.answer(SYSTEM, key, "自用")
    assert queries.totals(run)["needs_answer"] == 1
    assert rows(run)[0]["state"] == "answered"
