"""The rules of scope, held by three evaluators: scalars, columns, and plain sets."""

import ast
import inspect

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.permits import scope
from registry.permits.scope import (
    NO_PERMIT,
    PERMIT_COLUMNS,
    REASONS,
    SCOPE_RULES,
    UNLIMITED,
    USAGE_COLUMNS,
    Scope,
    Usage,
    judged,
    reasons,
)

CODES = [rule.code for rule in SCOPE_RULES]
sets = st.one_of(st.integers(0, 15), st.sampled_from([0, 1 << 61, UNLIMITED]))
times = st.one_of(st.integers(0, 12), st.sampled_from([1_767_225_600_000, UNLIMITED]))
spans = st.tuples(times, times).map(sorted)


def built_usage(span, *values):
    categories, provinces, hours, volume, links, contacts = values
    return Usage(categories, provinces, *span, hours, volume, links, contacts)


usages = st.builds(built_usage, spans, sets, sets, sets, times, sets, sets)
permits = st.builds(Scope, sets, sets, times, times, sets, times, sets, sets, times, times)


def members(number):
    return {bit for bit in range(63) if number >> bit & 1}


def by_plain_sets(usage, permit):
    """The same rules, written by somebody who knows no bits: the instants of a usage are its first and its last."""
    verdicts = {
        "CATEGORY_NOT_PERMITTED": not members(usage.categories) <= members(permit.categories),
        "PROVINCE_NOT_PERMITTED": not members(usage.provinces) <= members(permit.provinces),
        "BEFORE_PERMIT": min(usage.first_at, permit.valid_from) != permit.valid_from,
        "AFTER_PERMIT": max(usage.last_at, permit.valid_until) == usage.last_at,
        "HOURS_NOT_PERMITTED": bool(members(usage.marketing_hours) - members(permit.hours)),
        "VOLUME_EXCEEDED": not usage.month_volume <= permit.monthly_volume,
        "LINK_NOT_DECLARED": bool(members(usage.links) - members(permit.links)),
        "CONTACT_NOT_DECLARED": bool(members(usage.contacts) - members(permit.contacts)),
        "PERMIT_SUSPENDED": not (usage.last_at < permit.stopped_from or usage.first_at >= permit.stopped_until),
    }
    return [code for code in CODES if verdicts[code]]


def by_columns(pairs):
    usage_names, permit_names = Usage.__slots__, Scope.__slots__
    cells = {f"usage_{name}": [getattr(usage, name) for usage, _ in pairs] for name in usage_names}
    cells |= {f"permit_{name}": [getattr(permit, name) for _, permit in pairs] for name in permit_names}
    columns = {name: pa.array(values, pa.int64()) for name, values in {"row": list(range(len(pairs))), **cells}.items()}
    table = judged(ibis.memtable(pa.table(columns))).order_by("row").select(*CODES)
    rows = ibis.duckdb.connect().to_pyarrow(table).to_pylist()
    return [[code for code in CODES if row[code]] for row in rows]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(usages, permits), min_size=1, max_size=60))
def test_scalars_columns_and_plain_sets_agree(pairs):
    plain = [by_plain_sets(usage, permit) for usage, permit in pairs]
    assert [[rule.code for rule in reasons(usage, permit)] for usage, permit in pairs] == plain
    assert by_columns(pairs) == plain


LAWFUL = Usage(2, 1, 100, 200, 1 << 9, 10, 1, 1)
PERMIT = Scope(2, 1, 100, 201, 1 << 9, 10, 1, 1)


def test_a_usage_that_fills_its_permit_to_the_edge_breaks_no_rule():
    assert reasons(LAWFUL, PERMIT) == []
    assert by_columns([(LAWFUL, PERMIT)]) == [[]]


@pytest.mark.parametrize(
    ("code", "permit"),
    [
        ("CATEGORY_NOT_PERMITTED", Scope(5, 1, 100, 201, 1 << 9, 10, 1, 1)),
        ("PROVINCE_NOT_PERMITTED", Scope(2, 2, 100, 201, 1 << 9, 10, 1, 1)),
        ("BEFORE_PERMIT", Scope(2, 1, 101, 201, 1 << 9, 10, 1, 1)),
        ("AFTER_PERMIT", Scope(2, 1, 100, 200, 1 << 9, 10, 1, 1)),
        ("HOURS_NOT_PERMITTED", Scope(2, 1, 100, 201, 1 << 8, 10, 1, 1)),
        ("VOLUME_EXCEEDED", Scope(2, 1, 100, 201, 1 << 9, 9, 1, 1)),
        ("LINK_NOT_DECLARED", Scope(2, 1, 100, 201, 1 << 9, 10, 0, 1)),
        ("CONTACT_NOT_DECLARED", Scope(2, 1, 100, 201, 1 << 9, 10, 1, 0)),
        ("PERMIT_SUSPENDED", Scope(2, 1, 100, 201, 1 << 9, 10, 1, 1, 200, UNLIMITED)),
        ("PERMIT_SUSPENDED", Scope(2, 1, 100, 201, 1 << 9, 10, 1, 1, 0, 101)),
    ],
)
def test_one_step_beyond_an_edge_breaks_that_rule_alone(code, permit):
    assert [rule.code for rule in reasons(LAWFUL, permit)] == [code]


@pytest.mark.parametrize("stopped", [(201, UNLIMITED), (0, 100), (UNLIMITED, 0)])
def test_a_stop_before_or_after_the_usage_does_not_touch_it(stopped):
    assert reasons(LAWFUL, Scope(2, 1, 100, 201, 1 << 9, 10, 1, 1, *stopped)) == []


def test_an_unlimited_permit_allows_everything_but_the_undeclared():
    usage = Usage(2, UNLIMITED, 0, UNLIMITED - 1, (1 << 24) - 1, UNLIMITED)
    assert reasons(usage, Scope(2)) == []


def test_codes_and_numbers_are_stable_and_each_reason_speaks_both_languages():
    numbers = {reason.code: reason.number for reason in REASONS.values()}
    assert numbers == {**{code: 401 + place for place, code in enumerate(CODES)}, "NO_PERMIT": 410}
    for reason in (*SCOPE_RULES, NO_PERMIT):
        assert all([reason.sentence.zh, reason.sentence.en, reason.fix.zh, reason.fix.en])


def test_the_columns_are_those_of_a_usage_and_a_scope():
    assert set(USAGE_COLUMNS) == {f"usage_{name}" for name in Usage.__slots__}
    assert set(PERMIT_COLUMNS) == {f"permit_{name}" for name in Scope.__slots__}


def predicates(source):
    """The body of each predicate: every lambda of two parameters in a source."""
    return [node.body for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Lambda)]


OPERATORS = (ast.BitAnd, ast.Invert, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
ALLOWED = (ast.BinOp, ast.Compare, ast.UnaryOp, ast.Attribute, ast.Name, ast.Constant, ast.Load, *OPERATORS)


def banned(predicate):
    """What a predicate holds that the two worlds read differently: anything but comparisons and subset tests."""
    subset_tests = {
        id(node.right)
        for node in ast.walk(predicate)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd) and isinstance(node.left, ast.Attribute)
    }
    for node in ast.walk(predicate):
        chained = isinstance(node, ast.Compare) and len(node.ops) > 1
        inverted = isinstance(node, ast.UnaryOp)
        subset = inverted and id(node) in subset_tests and isinstance(node.operand, ast.Attribute)
        if chained or (inverted and not subset) or not isinstance(node, ALLOWED):
            yield type(node).__name__


def test_every_rule_is_written_with_operators_that_mean_the_same_in_both_worlds():
    found = predicates(inspect.getsource(scope))
    assert len(found) == len(SCOPE_RULES)
    assert [list(banned(predicate)) for predicate in found] == [[]] * len(found)


@pytest.mark.parametrize(
    "predicate",
    [
        "~(u.a < p.a)",
        "~u.a != 0",
        "(~u.a & p.a) != 0",
        "u.a % 2 == 0",
        "u.a // 2 == 0",
        "u.a / 2 == 0",
        "u.a << 1 == 0",
        "u.a < p.a and u.b < p.b",
        "not u.a",
        "0 < u.a < p.a",
        "u.a in p.a",
        "max(u.a, p.a) > 1",
        "u.a if p.a else 0",
        "(u.a < 1) & ~(p.a < 1)",
        "u.a is None",
    ],
)
def test_the_ban_sees_what_would_differ(predicate):
    assert list(banned(predicates(f"lambda u, p: {predicate}")[0]))
