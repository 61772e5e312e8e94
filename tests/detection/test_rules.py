"""Every rule: what it hits, what it leaves alone, and both sides of each of its thresholds."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from registry.detection.catalogue import catalogue
from registry.kernel.clock import FOREVER
from registry.kernel.rule import HEADINGS
from registry.law.divisions import province_bits
from tests.detection.worlds import (
    CODE,
    DAY,
    HOLDER,
    KIN,
    MARKETING,
    OTHER,
    PORT,
    STRANGER,
    USER,
    account,
    at,
    by_hour,
    by_province,
    hop,
    judge,
    owned,
    permit,
    port_row,
    seen,
    world,
)


@dataclass
class Example:
    """A small world and how many messages the rule hits in it; `applied` where that is the point."""

    says: str
    facts: list[dict[str, Any]]
    hit: int
    applied: int | None = None
    provinces: list[dict[str, Any]] = field(default_factory=list)
    hours: list[dict[str, Any]] = field(default_factory=list)
    registry: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def near(code: str, fact: Callable[[int], list[dict[str, Any]]], least: int, **rest: Any) -> list[tuple[str, Example]]:
    """Both sides of a threshold."""
    return [
        (code, Example(f"{least} messages are enough", fact(least), least, **rest)),
        (code, Example(f"{least - 1} are not", fact(least - 1), 0, **rest)),
    ]


def stranger(messages: int, port: str = PORT) -> list[dict[str, Any]]:
    return [seen(port=port, signature="乙商城", messages=messages)]


def crowd(signatures: int, *, longer: bool = True) -> list[dict[str, Any]]:
    return [
        seen(port=f"{LOOSE[:8]}{each if longer else ''}", signature=f"名{each}", messages=10)
        for each in range(signatures)
    ]


GOOD = [seen()]
LOOSE = "1069888801"
NIGHT = [by_hour(10, 900), by_hour(22, 20)]
MARKETING_PERMIT = {"permits": [permit(permit_categories=MARKETING)]}
BEIJING = {"permits": [permit(permit_provinces=province_bits(["11"]))]}
SUSPENDED = {"stops": [{"permit": "P1", "stopped_from": at(9), "stopped_until": FOREVER}]}

EXAMPLES: list[tuple[str, Example]] = [
    ("S101", Example("a registered signature is clear", GOOD, 0, applied=100)),
    ("S101", Example("nobody's signature", [seen(signature="无名")], 100)),
    ("S101", Example("a writing of a registered one is that one", [seen(signature="甲銀行")], 0)),
    ("S101", Example("no signature was read", [seen(signature="", read="absent")], 0, applied=0)),
    ("S101", Example("its registration has ended", GOOD, 100, registry={"signatures": [owned("甲银行", USER, valid_until=at(9))]})),
    ("S102", Example("a registered port is clear", GOOD, 0, applied=100)),
    ("S102", Example("a port that nothing covers", [seen(port="1069888801")], 100)),
    ("S102", Example("a reserved range, though registered", [seen(port="10600001")], 100, registry={"ports": [port_row("10600001")]})),
    ("S102", Example("registered only later", GOOD, 100, registry={"ports": [port_row(CODE, valid_from=at(12)), port_row(PORT, valid_from=at(12))]})),
    *near("S103", lambda count: stranger(count, OTHER), 10),
    ("S103", Example("an extension that is registered", GOOD, 0, applied=100)),
    ("S103", Example("an extension that was delegated", stranger(100, OTHER), 0, registry={"delegations": [hop(OTHER, STRANGER)]})),
    ("S103", Example("an extension that a permit names", stranger(100, OTHER), 0, registry={"permits": [permit(digits=OTHER)]})),
    ("S103", Example("the holder's own signature", [seen(port=OTHER, signature="丙服务")], 0)),
    ("S103", Example("the access code itself", [seen(port=CODE)], 0, applied=0)),
    ("S104", Example("two signatures with two messages each", [seen(port=LOOSE, messages=2), *stranger(2, LOOSE)], 4)),
    ("S104", Example("one message is a slip", [seen(port=LOOSE, messages=2), *stranger(1, LOOSE)], 0, applied=3)),
    ("S104", Example("one signature alone", [seen(port=LOOSE)], 0, applied=100)),
    ("S104", Example("two writings of one", [seen(port=LOOSE), seen(port=LOOSE, signature="甲銀行")], 0, applied=200)),
    ("S104", Example("a registered number is other rules'", [seen(), *stranger(100)], 0, applied=0)),
    ("S105", Example("five signatures under eight digits", crowd(5), 50)),
    ("S105", Example("four are not many", crowd(4), 0, applied=40)),
    ("S105", Example("the eight digits themselves are a number, no range", crowd(5, longer=False), 0, applied=50)),
    ("S105", Example("a registered range is other rules'", [seen(signature=f"名{each}") for each in range(5)], 0, applied=0)),
    *near("S201", lambda count: [seen(signature="丙服务", messages=count)], 5),
    ("S201", Example("a permitted signature is clear", GOOD, 0, applied=100)),
    ("S201", Example("a stranger's is another rule's", stranger(100), 0)),
    ("S201", Example("an unregistered one is another rule's", [seen(signature="无名")], 0, applied=0)),
    *near("S202", lambda count: [seen(), *stranger(count)], 20),
    ("S202", Example("one owner alone", GOOD, 0, applied=100)),
    ("S202", Example("two signatures of one owner", [seen(), seen(signature="甲信用卡")], 0, registry={"signatures": [owned("甲银行", USER), owned("甲信用卡", USER)]})),
    ("S202", Example("a shared port", [seen(), *stranger(100)], 0, applied=0, registry={"ports": [port_row(CODE), port_row(PORT, signing="shared")]})),
    ("S202", Example("both have permits", [seen(), *stranger(100)], 0, registry={"permits": [permit(), permit(permit="P2", folded="乙商城", owner=STRANGER)]})),
    *near("S203", stranger, 10),
    ("S203", Example("the declared user", GOOD, 0, applied=100)),
    ("S203", Example("the holder of the access code above", [seen(signature="丙服务")], 0)),
    ("S203", Example("declared by a hop", stranger(100), 0, registry={"delegations": [hop(CODE, STRANGER)]})),
    ("S203", Example("declared only until before", stranger(100), 100, registry={"delegations": [hop(CODE, STRANGER, valid_until=at(9))]})),
    ("S203", Example("named by a permit", stranger(100), 0, registry={"permits": [permit(folded="乙商城", owner=STRANGER)]})),
    ("S203", Example("on a port that is not registered", stranger(100, "1069888801"), 0, applied=0)),
    *near("S204", lambda count: [seen(submitter="S-STRANGER", messages=count)], 20),
    ("S204", Example("the holder's account", GOOD, 0, applied=100)),
    ("S204", Example("a declared agent's account", [seen(submitter="S-STRANGER")], 0, registry={"delegations": [hop(CODE, STRANGER)]})),
    ("S204", Example("an account that nobody knows", [seen(submitter="S-9")], 100)),
    ("S204", Example("a gateway that names no account is not judged", [seen(submitter="", missing=1)], 0, applied=0)),
    ("S204", Example("an account of that gateway only", [seen(submitter="S-G2")], 100, registry={"submitters": [account("S-G2", HOLDER, gateway="G2")]})),
    *near("S301", lambda count: [seen(), seen(category=MARKETING, messages=count)], 20),
    ("S301", Example("5 per cent are enough", [seen(messages=950), seen(category=MARKETING, messages=50)], 50)),
    ("S301", Example("less is noise", [seen(messages=951), seen(category=MARKETING, messages=49)], 0)),
    ("S301", Example("the permitted category", GOOD, 0, applied=100)),
    ("S301", Example("a second permit allows it", [seen(category=MARKETING)], 0, registry={"permits": [permit(), permit(permit="P2", permit_categories=MARKETING)]})),
    ("S301", Example("no permit at all is another rule's", [seen(signature="丙服务", category=MARKETING)], 0, applied=0)),
    ("S301", Example("a measure left less than the permit", GOOD, 100, registry={"limits": [{"permit": "P1", "left_categories": 1, "limited_from": at(9), "limited_until": FOREVER}]})),
    ("S302", Example("within its period", GOOD, 0, applied=100)),
    ("S302", Example("after its end", GOOD, 100, registry={"permits": [permit(permit_valid_until=at(9))]})),
    ("S302", Example("before its beginning", GOOD, 100, registry={"permits": [permit(permit_valid_from=at(12))]})),
    ("S302", Example("two in turn cover it", GOOD, 0, registry={"permits": [permit(permit_valid_until=at(10) + 5), permit(permit="P2", permit_valid_from=at(10) + 5)]})),
    ("S302", Example("two with a gap do not", GOOD, 100, registry={"permits": [permit(permit_valid_until=at(10) + 5), permit(permit="P2", permit_valid_from=at(10) + 6)]})),
    ("S303", Example("nothing stops it", GOOD, 0, applied=100)),
    ("S303", Example("suspended since before", GOOD, 100, registry=SUSPENDED)),
    ("S303", Example("the measure came later", GOOD, 0, registry={"stops": [{"permit": "P1", "stopped_from": at(12), "stopped_until": FOREVER}]})),
    ("S303", Example("the measure was lifted before", GOOD, 0, registry={"stops": [{"permit": "P1", "stopped_from": 0, "stopped_until": at(10)}]})),
    *[("S304", Example(says, GOOD, hit, provinces=[by_province("11", home), by_province("44", away)], registry=BEIJING)) for says, home, away, hit in (("30 away and a fifth", 120, 30, 30), ("29 away", 100, 29, 0), ("less than a fifth", 121, 30, 0))],
    ("S304", Example("no limit of provinces", GOOD, 0, applied=130, provinces=[by_province("11", 100), by_province("44", 30)])),
    ("S304", Example("recipients without a known home", GOOD, 0, applied=0, provinces=[by_province("", 100)], registry=BEIJING)),
    ("S305", Example("20 at night", GOOD, 20, hours=NIGHT, registry=MARKETING_PERMIT)),
    ("S305", Example("19 at night", GOOD, 0, hours=[by_hour(10, 900), by_hour(22, 19)], registry=MARKETING_PERMIT)),
    ("S305", Example("a tenth in the hour after the end is the queue's", GOOD, 0, hours=[by_hour(10, 900), by_hour(20, 100)], registry=MARKETING_PERMIT)),
    ("S305", Example("nor do the first minutes count", GOOD, 0, hours=[by_hour(10, 900), by_hour(20, 201, within_grace=101)], registry=MARKETING_PERMIT)),
    ("S305", Example("more is not", GOOD, 101, hours=[by_hour(10, 900), by_hour(20, 101)], registry=MARKETING_PERMIT)),
    ("S305", Example("the permit's own hours count", GOOD, 0, applied=920, hours=NIGHT, registry={"permits": [permit(permit_hours=FOREVER)]})),
    ("S305", Example("notices may come at night", GOOD, 0, applied=0, hours=[by_hour(22, 900, category=2)], registry=MARKETING_PERMIT)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{code} {each.says}" for code, each in EXAMPLES])
def test_a_rule_says_what_its_document_says(code: str, example: Example, tmp_path: Path):
    made = world(tmp_path, example.facts, example.provinces, example.hours, **example.registry)
    outcome = judge(code, made)
    assert outcome.failed == ""
    assert outcome.hit == example.hit
    if example.applied is not None:
        assert outcome.applied == example.applied


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
