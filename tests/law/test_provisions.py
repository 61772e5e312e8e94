"""Legal constants by name and day."""

import ast
import datetime as dt
import itertools
import re
from pathlib import Path

import pytest

from registry.kernel.clock import midnight
from registry.law import provisions
from registry.law.provisions import PROVISIONS, Sure

ROOT = Path(provisions.__file__).parent.parent
TABLE = "provision_table.py"


def test_records_are_kept_five_months_and_six_from_may_2026():
    assert provisions.integer("records.retention", dt.date(2026, 4, 30)) == 5
    assert provisions.integer("records.retention", dt.date(2026, 5, 1)) == 6


def test_the_shanghai_day_of_a_moment_counts():
    midnight_of_may = midnight(dt.date(2026, 5, 1))
    assert provisions.at("records.retention", midnight_of_may) == 6
    assert provisions.at("records.retention", midnight_of_may - dt.timedelta(seconds=1)) == 5


def test_an_app_is_a_source_of_signatures_until_april_2026():
    assert "app" in provisions.words("signatures.sources", dt.date(2026, 4, 30))
    assert "app" not in provisions.words("signatures.sources", dt.date(2026, 5, 1))


def test_before_the_first_law_there_is_no_value_and_it_says_so():
    with pytest.raises(LookupError, match="2015-06-30"):
        provisions.at("records.retention", dt.date(2010, 1, 1))


def test_an_unknown_name_is_named():
    with pytest.raises(LookupError, match=r"no provision named 'marketing\.hour'"):
        provisions.at("marketing.hour", dt.date(2026, 1, 1))


@pytest.mark.parametrize("name", sorted(PROVISIONS))
def test_the_values_of_a_name_never_overlap_and_leave_no_gap(name):
    for earlier, later in itertools.pairwise(PROVISIONS[name]):
        assert earlier.valid_until == later.valid_from
    assert all(row.source and row.unit and row.sure in Sure for row in PROVISIONS[name])


def test_a_value_of_another_kind_is_refused():
    day = dt.date(2026, 1, 1)
    with pytest.raises(TypeError):
        provisions.integer("marketing.hours", day)
    with pytest.raises(TypeError):
        provisions.text("records.retention", day)
    with pytest.raises(TypeError):
        provisions.words("marketing.hours", day)
    with pytest.raises(TypeError):
        provisions.number("marketing.hours", day)


def test_lists_of_numbers_and_shares_are_read_too():
    assert provisions.words("permits.expiry_notice", dt.date(2026, 1, 1)) == ("30", "15", "2")
    assert provisions.number("complaints.suspend", dt.date(2026, 1, 1)) == 0.25
    assert provisions.text("optout.demanded", dt.date(2026, 5, 1)) == "拒收请回复R"


def test_every_provision_is_read_by_somebody():
    said = [pattern for path in ROOT.rglob("*.py") if path.name != TABLE for pattern in _said(path)]
    unread = [name for name in (*PROVISIONS, "none.such") if not any(re.fullmatch(each, name) for each in said)]
    assert unread == ["none.such"]


def _said(path):
    """Every name of a provision that a file may write, as a pattern: `letters.term.{end}` stands for both ends."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        if all(isinstance(each, ast.Constant | ast.FormattedValue) for each in parts):
            told = "".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+" for each in parts)
            if re.match(r"[a-z_]+\\\.", told):
                yield told
