"""Every check, where it objects and where it does not, on facts written down by hand."""

import datetime as dt
import re
from dataclasses import fields, replace

import pytest

from registry.filings import engine
from registry.filings.content import kind_of
from registry.filings.kinds import Kind
from registry.filings.view import Ended, Span, View
from registry.law import provisions
from registry.law.provision import Provision, Sure
from registry.lookups.policy import NAMES
from registry.measures.kinds import Action
from registry.papers.kinds import PaperKind
from registry.permits.values import ScopeValues
from registry.texts.category import CATEGORY_NAMES
from tests.filings.examples_changing import CHANGES
from tests.filings.examples_enterprises import ALLOTTED, ENTERPRISES, OF_CARRIER
from tests.filings.examples_outside import OUTSIDE
from tests.filings.examples_permits import PERMITS
from tests.filings.facts import (
    BORROWED,
    CARRIER,
    CODE,
    DAY,
    DELEGATION,
    END,
    ENDING,
    FAIL,
    FULL,
    HOP,
    LETTER,
    LIKE,
    LONG_CHAIN,
    NAME,
    NEW,
    NOT_CHECKED,
    NOW,
    OWNS,
    PASS,
    PAST,
    PERMIT,
    PORT,
    RENEW,
    SIGNATURE,
    STARTING,
    VIEW,
    WARN,
    A,
    B,
    C,
    changed,
    seen,
    signed,
    standing,
    without,
)

LET = replace(CODE, port="1069012301", level="extension", holder=B)
LATER = Span(NOW + 9 * DAY)
CASES = [
    *CHANGES,
    *PERMITS,
    *ENTERPRISES,
    # port
    ("F201", replace(PORT, port="1061"), VIEW, FAIL),
    ("F201", replace(PORT, port="106901"), VIEW, FAIL),
    ("F201", replace(PORT, port="10695123456"), VIEW, FAIL),
    ("F201", replace(PORT, port="106951234567"), VIEW, PASS),
    ("F201", replace(PORT, port="95588"), VIEW, PASS),
    ("F201", replace(PORT, port="9558"), VIEW, FAIL),
    ("F201", replace(PORT, port="13800138000"), VIEW, FAIL),
    ("F201", replace(PORT, port="106" + "9" * 18), VIEW, FAIL),
    ("F201", replace(PORT, port="1069a"), VIEW, FAIL),
    ("F201", replace(PORT, port="10681234"), VIEW, WARN),
    ("F201", PORT, VIEW, PASS),
    ("F202", replace(PORT, port="10699123"), VIEW, FAIL),
    ("F202", replace(PORT, holder="REG-US:1"), VIEW, NOT_CHECKED),
    ("F202", PORT, VIEW, PASS),
    ("F202", replace(PORT, use="carrier_allotted"), VIEW, FAIL),
    ("F202", replace(PORT, use="carrier_allotted"), seen(applicant=CARRIER), FAIL),
    ("F202", replace(PORT, port="10655001", use="carrier_allotted"), VIEW, FAIL),
    ("F202", replace(PORT, port="10655001", use="carrier_allotted"), seen(applicant=CARRIER), PASS),
    ("F202", replace(PORT, port="10655001", holder=CARRIER, use="carrier_allotted"), VIEW, PASS),
    ("F202", replace(ALLOTTED, port="1069012301"), seen(ports=(CODE,)), FAIL),
    ("F202", replace(ALLOTTED, port="1069012301"), seen(ports=(CODE,), applicant=CARRIER), FAIL),
    ("F202", ALLOTTED, seen(ports=(OF_CARRIER,)), FAIL),
    ("F202", ALLOTTED, seen(ports=(OF_CARRIER,), applicant=CARRIER), PASS),
    ("F202", replace(ALLOTTED, use="own"), seen(ports=(OF_CARRIER,)), PASS),
    ("F203", replace(PORT, port="1069012301", holder=B), seen(applicant=B, ports=(CODE,)), FAIL),
    ("F203", replace(PORT, port="1069012301"), seen(ports=(CODE,)), PASS),
    ("F203", replace(PORT, port="1069012301", holder=B), seen(ports=(replace(CODE, holder=CARRIER),)), PASS),
    ("F204", PORT, seen(ports=(CODE,)), FAIL),
    ("F204", PORT, seen(ports=(replace(CODE, span=PAST),)), PASS),
    ("F204", replace(PORT, port="106901"), seen(ports=(CODE,)), FAIL),
    ("F204", replace(PORT, port="1069012301"), seen(ports=(CODE,)), PASS),
    ("F204", replace(PORT, port="106901230"), seen(ports=(CODE, LET)), FAIL),
    ("F204", replace(PORT, port="106901230"), seen(ports=(CODE, replace(LET, span=PAST))), PASS),
    ("F204", replace(PORT, port="106901230", holder=B), seen(ports=(CODE, LET)), PASS),
    ("F204", replace(PORT, port="106901230"), seen(ports=(CODE, LET), stood=True), PASS),
    ("F204", replace(PORT, port="1069012"), seen(ports=(LET,)), PASS),
    ("F205", replace(PORT, port="1069012301", max_length=15), seen(ports=(CODE,)), FAIL),
    ("F205", replace(PORT, port="1069012301", max_length=14), seen(ports=(CODE,)), PASS),
    ("F205", replace(PORT, max_length=9), seen(ports=(LET,)), FAIL),
    ("F205", replace(PORT, max_length=10), seen(ports=(LET,)), PASS),
    ("F205", replace(PORT, max_length=9), seen(ports=(replace(LET, span=PAST),)), PASS),
    ("F206", replace(PORT, port="1069012301"), seen(ended=(Ended("1069012301", B, NOW - DAY),)), FAIL),
    ("F206", replace(PORT, port="1069012301"), seen(ended=(Ended("1069012301", A, NOW - DAY),)), PASS),
    ("F206", replace(PORT, port="1069012301"), seen(ended=(Ended("1069012301", B, NOW - DAY, hop=True),)), PASS),
    ("F206", DELEGATION, seen(ended=(Ended("1069012301", C, NOW - DAY, hop=True),)), FAIL),
    ("F206", DELEGATION, seen(ended=(Ended("1069012301", C, NOW - 90 * DAY, hop=True),)), PASS),
    ("F211", DELEGATION, VIEW, FAIL),
    ("F211", replace(DELEGATION, from_enterprise=C), seen(ports=(CODE,)), FAIL),
    ("F211", DELEGATION, seen(ports=(CODE,)), PASS),
    ("F211", replace(DELEGATION, from_enterprise=B), seen(ports=(CODE,), hops=(HOP,)), FAIL),
    ("F211", replace(DELEGATION, from_enterprise=B), seen(ports=(CODE,), hops=(replace(HOP, role="agent"),)), PASS),
    ("F212", replace(DELEGATION, from_enterprise=B, to_enterprise=A), seen(ports=(CODE,), hops=(HOP,)), FAIL),
    ("F212", replace(DELEGATION, from_enterprise=B, to_enterprise=C), seen(ports=(CODE,), hops=(HOP,)), PASS),
    (
        "F212",
        replace(DELEGATION, from_enterprise=C, to_enterprise=B),
        seen(hops=(replace(HOP, giver=B, taker=C, span=LATER),)),
        FAIL,
    ),
    (
        "F212",
        replace(DELEGATION, port="10690123", from_enterprise=C, to_enterprise=B),
        seen(below=(replace(HOP, giver=B, taker=C),)),
        FAIL,
    ),
    (
        "F212",
        replace(DELEGATION, port="10690123", from_enterprise=C, to_enterprise=B),
        seen(below=(replace(HOP, giver=B, taker=C, span=PAST),)),
        PASS,
    ),
    ("F213", replace(DELEGATION, from_enterprise="E3"), seen(hops=LONG_CHAIN), FAIL),
    ("F213", replace(DELEGATION, from_enterprise="E2"), seen(hops=LONG_CHAIN), PASS),
    ("F214", DELEGATION, seen(ports=(replace(CODE, span=ENDING),)), FAIL),
    ("F214", replace(DELEGATION, from_enterprise=B), seen(hops=(replace(HOP, role="agent", span=ENDING),)), FAIL),
    ("F214", DELEGATION, seen(ports=(CODE,)), PASS),
    ("F215", DELEGATION, seen(hops=(HOP,)), FAIL),
    ("F215", DELEGATION, seen(hops=(replace(HOP, span=PAST),)), PASS),
    ("F215", replace(DELEGATION, role="agent"), seen(hops=(HOP,)), PASS),
    # signature
    ("F301", signed("京"), VIEW, FAIL),
    ("F301", signed("京" * 19), VIEW, FAIL),
    ("F301", signed("京" * 18), VIEW, PASS),
    ("F302", signed("京东！"), VIEW, FAIL),
    ("F302", signed("京東"), VIEW, FAIL),
    ("F302", signed("123456"), VIEW, FAIL),
    ("F302", signed("12306"), VIEW, PASS),
    ("F303", signed("温馨提示"), VIEW, FAIL),
    ("F303", signed("京东客服"), VIEW, PASS),
    ("F304", signed(source="app"), VIEW, FAIL),
    ("F304", signed(source="app"), seen(at=dt.datetime(2025, 6, 1, tzinfo=dt.UTC)), PASS),
    *(
        ("F304", signed(source=source), VIEW, FAIL)
        for source in ("official_account", "mini_program", "website", "shop")
    ),
    ("F304", signed(source="shop"), seen(at=dt.datetime(2024, 6, 1, tzinfo=dt.UTC)), PASS),
    ("F305", signed("京贸"), VIEW, FAIL),
    ("F305", signed("京东"), VIEW, PASS),
    ("F305", signed("京东"), without(B), NOT_CHECKED),
    ("F306", signed("京东银行"), VIEW, WARN),
    ("F306", SIGNATURE, VIEW, PASS),
    ("F307", SIGNATURE, seen(names=(replace(NAME, owner=C),)), WARN),
    ("F307", SIGNATURE, seen(names=(replace(NAME, owner=C, protected=True),)), FAIL),
    ("F307", SIGNATURE, seen(names=(replace(NAME, owner=C, span=PAST),)), PASS),
    ("F309", SIGNATURE, VIEW, PASS),
    ("F309", SIGNATURE, seen(lookalikes=(LIKE,)), WARN),
    ("F309", SIGNATURE, seen(lookalikes=(replace(LIKE, score=0.8),)), PASS),
    ("F309", SIGNATURE, seen(lookalikes=(replace(LIKE, score=0.8, protected=True),)), FAIL),
    ("F309", SIGNATURE, seen(lookalikes=(replace(LIKE, score=0.7, protected=True),)), PASS),
    ("F308", SIGNATURE, seen(names=(NAME,)), FAIL),
    ("F308", SIGNATURE, seen(names=(replace(NAME, text="ＪＤ"),)), PASS),
    ("F310", signed(source="trademark"), VIEW, FAIL),
    ("F310", signed(source="trademark"), seen(registered=True), NOT_CHECKED),
    ("F310", signed(source="trademark", trademark="商标1"), VIEW, FAIL),
    ("F310", signed(source="trademark", trademark="12345678"), VIEW, PASS),
    ("F310", signed(source="trademark", trademark="G1234567"), VIEW, PASS),
    ("F310", SIGNATURE, VIEW, PASS),
    ("F311", signed(source="government"), VIEW, FAIL),
    ("F311", signed(source="government"), without(B), NOT_CHECKED),
    ("F311", signed(source="government"), changed(B, legal_form="institution"), PASS),
    ("F311", SIGNATURE, VIEW, PASS),
    # letter
    ("F321", SIGNATURE, VIEW, FAIL),
    ("F321", signed(letter="FLG-1"), seen(pending=frozenset({"FLG-1"})), WARN),
    ("F321", signed(letter="LTR-9"), VIEW, FAIL),
    ("F321", SIGNATURE, seen(applicant=B), PASS),
    ("F321", BORROWED, FULL, PASS),
    ("F321", DELEGATION, VIEW, PASS),
    ("F321", replace(DELEGATION, role="agent"), VIEW, FAIL),
    ("F321", replace(DELEGATION, role="agent"), seen(registered=True), WARN),
    ("F321", replace(DELEGATION, role="agent"), seen(at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC)), PASS),
    ("F321", replace(DELEGATION, role="agent", letter="LTR-1"), FULL, PASS),
    ("F321", replace(DELEGATION, role="integrator"), VIEW, PASS),
    ("F322", BORROWED, seen(letter=replace(LETTER, owner=C)), FAIL),
    ("F322", BORROWED, seen(letter=replace(LETTER, applicant=C)), FAIL),
    ("F322", BORROWED, seen(letter=replace(LETTER, signatures=frozenset({"别的"}))), FAIL),
    ("F322", BORROWED, FULL, PASS),
    ("F323", BORROWED, seen(letter=replace(LETTER, span=PAST)), FAIL),
    ("F323", BORROWED, seen(letter=replace(LETTER, span=ENDING)), WARN),
    ("F323", BORROWED, seen(letter=LETTER, span=Span(NOW, NOW + 701 * DAY)), WARN),
    ("F323", BORROWED, seen(letter=LETTER, span=Span(NOW, NOW + 700 * DAY)), PASS),
    ("F324", BORROWED, seen(letter=replace(LETTER, confirmation="denied")), FAIL),
    ("F324", BORROWED, seen(letter=replace(LETTER, confirmation="none")), WARN),
    ("F324", BORROWED, FULL, PASS),
    ("F324", BORROWED, seen(word="revoked"), FAIL),
    ("F324", BORROWED, seen(word="denied"), FAIL),
    *OUTSIDE,
    ("F331", OWNS, VIEW, WARN),
    ("F331", OWNS, seen(word="asked"), WARN),
    ("F331", OWNS, seen(word="denied"), FAIL),
    ("F331", OWNS, seen(word="confirmed"), PASS),
    ("F331", replace(OWNS, confirmation="confirmed"), VIEW, PASS),
    ("F325", replace(OWNS, applicant=B), VIEW, FAIL),
    ("F325", replace(OWNS, signatures=("甲",) * 101), VIEW, FAIL),
    ("F325", OWNS, VIEW, WARN),
    ("F325", OWNS, seen(span=Span(NOW, NOW + 365 * DAY)), PASS),
]
CHECKS = {check.code: check for check in engine.catalogue()}


@pytest.mark.parametrize(("code", "content", "view", "verdict"), CASES)
def test_a_check_says_what_it_should(code, content, view, verdict):
    outcome = CHECKS[code].run(content, view)
    assert outcome.verdict is verdict, outcome
    if verdict is not PASS:
        assert outcome.reason.zh
        assert outcome.reason.en
        assert "{" not in outcome.reason.zh + outcome.reason.en + outcome.fix.zh + outcome.fix.en
    if verdict in (WARN, FAIL):
        assert outcome.fix.zh
        assert outcome.fix.en
    assert not ENGLISH.findall(outcome.reason.zh + outcome.fix.zh)


LISTED = [*PaperKind, *Action, *NAMES, *CATEGORY_NAMES, *(each.name for each in fields(ScopeValues))]
ENGLISH = re.compile(rf"\b(?:{'|'.join(map(str, LISTED))})\b", re.ASCII)
"""Our own words for the values of closed lists: the Chinese half of a sentence has Chinese ones."""


def test_the_day_of_a_lapse_is_that_of_china():
    ended = Span(NOW - 100 * DAY, dt.datetime(2026, 5, 30, 16, tzinfo=dt.UTC))  # midnight there
    assert "2026-05-31" in CHECKS["F506"].run(RENEW, standing(span=ended)).reason.zh


@pytest.mark.parametrize("role", ["agent", "end_user"])
def test_a_hop_needs_a_letter_in_the_roles_that_a_dated_provision_names(monkeypatch, role):
    first, later = NOW.date() - 100 * DAY, NOW.date()
    rows = [
        Provision("ports.delegations.letter", roles, "roles", since, until, "a carrier's order", Sure.SETTING)
        for roles, since, until in (((), first, later), (("agent",), later, None))
    ]
    monkeypatch.setitem(provisions.PROVISIONS, "ports.delegations.letter", tuple(rows))
    asked = replace(DELEGATION, role=role)
    assert CHECKS["F321"].run(asked, seen(at=NOW - 2 * DAY)).verdict is PASS
    assert CHECKS["F321"].run(asked, VIEW).verdict is (FAIL if role == "agent" else PASS)
    assert CHECKS["F321"].run(replace(asked, letter="LTR-1"), FULL).verdict is PASS


OF_EVERY_KIND = {kind_of(each): each for each in (PORT, DELEGATION, SIGNATURE, OWNS, PERMIT, NEW, END, *STARTING)}


def test_every_check_is_asked_about_its_own_kinds_and_no_other():
    assert set(OF_EVERY_KIND) == set(Kind)
    for check in CHECKS.values():
        asked = {kind for kind, content in OF_EVERY_KIND.items() if check in engine.applying(content, FULL)}
        assert asked == check.kinds, check.code
        assert set(Kind) - asked, f"{check.code} is shown on nothing that it is not for"


def test_every_check_is_shown_objecting_and_content():
    for code in CHECKS:
        verdicts = {verdict for named, _, _, verdict in CASES if named == code}
        assert PASS in verdicts, code
        assert verdicts & {WARN, FAIL}, code


@pytest.mark.parametrize("content", [PORT, DELEGATION, SIGNATURE, OWNS, PERMIT, NEW, END])
def test_no_check_breaks_on_facts_that_are_missing(content):
    bare = View(NOW, A, Span(NOW))
    for check in engine.applying(content, bare):
        check.run(content, bare)


def test_a_check_that_breaks_is_not_called_clean(monkeypatch):
    broken = replace(CHECKS["F201"], run=lambda _content, _view: 1 / 0)
    monkeypatch.setattr(engine, "catalogue", lambda: (broken,))
    [result] = engine.run(PORT, VIEW)
    assert result.verdict is NOT_CHECKED


def test_a_source_that_nobody_asked_and_nothing_demands_says_nothing():
    said = lambda content, view: {result.code for result in engine.run(content, view)}  # noqa: E731
    assert "F121" not in said(NEW, VIEW)
    assert "F121" in said(NEW, seen(demanded=frozenset({"company_register"})))
    assert "F421" not in said(PERMIT, FULL)


def test_a_check_that_is_not_in_force_yet_is_not_asked(monkeypatch):
    later = replace(CHECKS["F201"], since=dt.date(2027, 1, 1))
    monkeypatch.setattr(engine, "catalogue", lambda: (later,))
    assert engine.run(PORT, VIEW) == []
