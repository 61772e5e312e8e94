"""Every rule: what it hits, what it leaves alone, and both sides of each of its thresholds."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from registry.detection.catalogue import catalogue
from registry.kernel.clock import FOREVER
from registry.kernel.rule import HEADINGS
from tests.detection import examples_papers, examples_scope, examples_senders
from tests.detection.scenes import GOOD, Example, stranger
from tests.detection.worlds import (
    DAY,
    HOLDER,
    KIN,
    STRANGER,
    USER,
    judge,
    seen,
    world,
)

EXAMPLES = [*examples_senders.EXAMPLES, *examples_scope.EXAMPLES, *examples_papers.EXAMPLES]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{code} {each.says}" for code, each in EXAMPLES])
def test_a_rule_says_what_its_document_says(code: str, example: Example, tmp_path: Path):
    told = (example.provinces, example.hours, example.said, example.past, example.past_provinces)
    made = world(tmp_path, example.facts, *told, **example.registry)
    outcome = judge(code, made)
    assert outcome.failed == ""
    assert outcome.hit == example.hit
    if example.applied is not None:
        assert outcome.applied == example.applied
    if example.kind:
        assert {row["kind"] or catalogue()[code].module.KIND for row in outcome.rows} == {example.kind}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_rule_has_examples_that_hit_that_are_clear_and_that_do_not_apply(code: str):
    mine = [each for one, each in EXAMPLES if one == code]
    assert any(each.hit for each in mine)
    assert any(each.applied and not each.hit for each in mine)
    needs = catalogue()[code].module.applies.__doc__
    assert needs
    assert any(each.applied == 0 for each in mine) or code in ("S102", "S302", "S303"), "an example must lie outside it"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_rule_has_a_whole_document_and_counts_only_from_its_day(code: str, tmp_path: Path):
    rule = catalogue()[code]
    assert all(rule.document.sections[heading] for heading in HEADINGS)
    from registry.detection import engine

    outcome = engine.apply(rule, world(tmp_path, GOOD), rule.module.IN_FORCE_FROM - dt.timedelta(days=1))
    assert not outcome.in_force


def test_what_a_gateway_does_not_deliver_is_counted_as_not_judged(tmp_path: Path):
    made = world(tmp_path, [seen(), seen(gateway="G2", submitter="", missing=1, messages=7)])
    outcome = judge("S204", made)
    assert [(each.gateway, each.column, each.messages) for each in outcome.not_judged] == [("G2", "submitter", 7)]
    assert outcome.clear == 100


def test_affiliation_lowers_the_severity_and_never_silences(tmp_path: Path):
    from registry.detection.engine import severity

    ties = [{"one": HOLDER, "other": STRANGER, "valid_from": 0, "valid_until": FOREVER}]
    kin = judge("S203", world(tmp_path, stranger(50), relations=ties))
    assert (kin.hit, kin.rows[0]["affiliated"]) == (50, True)
    rule = catalogue()["S203"]
    assert severity(rule, affiliated=True) != severity(rule, affiliated=False)


def test_a_rule_that_crashes_is_named_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def crash(_world: Any, _parameters: Any) -> Any:
        raise ZeroDivisionError

    made = world(tmp_path, GOOD)
    monkeypatch.setattr(catalogue()["S101"].module, "hits", crash)
    assert judge("S101", made).failed == "ZeroDivisionError"
    assert judge("S102", made).failed == ""


def test_the_day_of_the_examples_lies_after_every_rule_began():
    assert all(rule.module.IN_FORCE_FROM <= DAY for rule in catalogue().values())
    assert KIN not in (HOLDER, USER)
