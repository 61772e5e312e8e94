"""How many messages a case speaks of: each once, whoever speaks of it, and each for one party."""

import datetime as dt
from collections import Counter
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.detection.counting import messages_by_day, messages_by_party

DAY = dt.date(2026, 5, 1)


def row(
    messages: int, signature: str = "甲", category: str = "notice", hour: int = 9, **more: str
) -> dict[str, object]:
    """A row of evidence that counts facts, or, without a category, links."""
    said = {"gateway": "G1", "port": "1069", "submitter": "S1", "signature": signature, "first_at": f"{hour:02}:00"}
    return said | {"category": [category] if category else [], "messages": messages} | more


def finding(*rows: dict[str, object], tenant: str = "", rule: str = "S103", unlisted: int = 0, day: dt.date = DAY):
    """A finding of one day, so many of whose messages lie in rows that were not kept."""
    messages = sum(int(str(each["messages"])) for each in rows) + unlisted
    signature = str(rows[0]["signature"]) if rows else "甲"
    evidence = [SimpleNamespace(day=day, rows=list(rows), messages=messages)]
    return SimpleNamespace(rule=rule, tenant=tenant, signature=signature, messages=messages, evidence=evidence)


def whole(findings) -> int:
    return sum(messages_by_day(findings).values())


def parties(findings) -> dict[tuple[str, str], int]:
    return {party: sum(days.values()) for party, days in messages_by_party(findings).items()}


def test_what_two_rules_say_of_the_same_messages_counts_once_for_whom_a_rule_names():
    told = [finding(row(30), row(20, "乙")), finding(row(30), tenant="T", rule="S203")]
    assert whole(told) == 50
    assert parties(told) == {("T", ""): 30, ("", "乙"): 20}


def test_other_categories_and_hours_are_other_messages():
    told = [finding(row(30), rule="S301"), finding(row(5, category="marketing"), row(4, hour=20), rule="S305")]
    assert whole(told) == 39


def test_what_one_finding_says_of_a_fact_by_province_adds_up():
    by_province = [row(30, province="31"), row(20, province="32")]
    assert whole([finding(*by_province, rule="S304")]) == 50
    assert whole([finding(*by_province, rule="S304"), finding(row(40), rule="S301")]) == 50


def test_links_are_counted_beside_each_other_and_are_no_more_messages_than_those_that_carry_them():
    links = finding(row(9, category="", value="a.cn"), row(7, category="", value="b.cn"), tenant="T", rule="S306")
    assert whole([links]) == links.messages == 16
    again = finding(row(9, category="", value="a.cn"), tenant="T", rule="S601")
    assert whole([links, again]) == 16
    beyond = finding(row(20), rule="S301")
    assert parties([links, again, beyond]) == {("T", ""): 16, ("", "甲"): 4}


def test_what_a_day_leaves_out_counts_once_too():
    told = [finding(row(10), rule="S103", unlisted=90), finding(row(10), tenant="T", rule="S203", unlisted=60)]
    assert whole(told) == 100
    assert parties(told) == {("T", ""): 70, ("", "甲"): 30}


def test_a_day_without_messages_stays_on_the_time_line():
    assert messages_by_day([finding()]) == {DAY: 0}


def rows_of(*categories: str):
    signs, hours = st.sampled_from("甲乙"), st.integers(0, 2)
    return st.lists(st.builds(row, st.integers(1, 50), signs, st.sampled_from(categories), hours), max_size=4)


FINDINGS = st.builds(
    lambda rows, tenant, rule, unlisted, later: finding(
        *rows, tenant=tenant, rule=rule, unlisted=unlisted, day=DAY + dt.timedelta(days=later)
    ),
    rows_of("notice", "marketing") | rows_of(""),
    st.sampled_from(["", "T", "U"]),
    st.sampled_from(["S103", "S203", "S306"]),
    st.integers(0, 9),
    st.integers(0, 1),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FINDINGS, min_size=1, max_size=5))
def test_parties_add_up_to_days_and_a_case_says_no_less_than_a_finding_and_no_more_than_all(told):
    by_party: Counter[dt.date] = Counter()
    for days in messages_by_party(told).values():
        by_party.update(days)
    assert by_party == Counter(messages_by_day(told))
    assert max(each.messages for each in told) <= whole(told) <= sum(each.messages for each in told)
    assert whole(told[:1]) == told[0].messages
