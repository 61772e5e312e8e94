"""Letters, templates and enterprises are looked back at too; which checks a look-back reaches, and which it cannot."""

import datetime as dt
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from registry.filings import engine
from registry.filings import service as filings
from registry.filings.changing import EnterpriseChangeContent
from registry.filings.kinds import Kind
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.kernel.standing import Standing
from registry.law import provisions
from registry.law.provision import Provision, Sure
from registry.lookback import queries, service
from registry.lookback.kinds import WITH_STANDING, ItemState, RunState, Subject
from registry.lookups.kinds import LookupKind
from registry.measures import queries as measures
from registry.measures.values import MeasureValues
from registry.papers import service as papers
from registry.permits import queries as permits_known
from registry.permits import service as permits
from registry.permits.model import Permit
from registry.permits.values import BeneficiaryValues, TemplateValues
from registry.signatures import service as signatures
from registry.store import db
from tests.conftest import actor
from tests.factories.lookback import CODE, PORT, customer, items, plan, ran
from tests.factories.registered import STATED, delegation, enterprise, letter, measure, permit, signature
from tests.filings.conftest import approved, handed_in, paper

pytestmark = pytest.mark.usefixtures("session")

CANNOT = {
    "F107": "a withdrawal ends an entry: it leaves nothing to look back at",
    "F502": "it compares a scope that is asked for with the one that stands",
    "F505": "a backup channel is over after hours; while it stands the checks of permits reach it",
    "F506": "it asks whether a renewal gives more time",
    "F507": "a succession is an act; what it made stands in the entries",
    "F508": "it counts requests for backup channels one after another",
}
"""Checks of requests, by nature: there is no such thing as their entry."""
TERM = {"valid_until": clock.now() + dt.timedelta(days=600)}


def looked_at(kind, value, **values):
    """The items of a run over what concerns a holder, of one kind."""
    run = ran(plan(f"{kind} {value}", "holder", value, subjects=(kind,), **values))
    return run, list(items(run).values())


def codes(item):
    return {each["code"] for each in item.reasons}


def test_a_letter_that_its_owner_denies_has_failed_and_a_measure_meets_who_uses_it():
    owner, user = enterprise("京东贸易有限公司").code, enterprise("红帆短信服务有限公司").code
    row = letter(owner, user, "京东贸易", **TERM)
    signatures.confirm_letter(SYSTEM, row.key, "denied")
    _run, [item] = looked_at("letter", user)
    assert (item.subject, item.enterprise, item.state) == (row.key, user, ItemState.FAILED)
    assert "F331" in codes(item)
    proposed = service.propose_measure(SYSTEM, item.key, MeasureValues("", "", **STATED, action="suspend"))
    row = measures.one(SYSTEM, proposed.key)
    assert (row.subject_kind, row.subject) == ("enterprise", user)


def test_a_letter_is_not_called_short_because_some_of_its_time_has_passed():
    owner, user = enterprise("京东贸易有限公司").code, enterprise("红帆短信服务有限公司").code
    row = letter(owner, user, "京东贸易", valid_until=clock.now() + dt.timedelta(days=500))
    with clock.frozen(clock.now() + dt.timedelta(days=400)):
        said = {each.code: each.verdict for each in filings.recheck(SYSTEM, "letter", row.key)}
    assert said["F325"] == "pass"


def test_an_enterprise_whose_handler_serves_another_is_asked_and_one_that_is_barred_has_failed():
    one = enterprise("甲公司", handler="H-1").code
    enterprise("乙公司", handler="H-1")
    _run, [item] = looked_at("enterprise", one)
    assert (item.subject, item.label, item.state) == (one, "甲公司", ItemState.NEEDS_ANSWER)
    assert "F131" in codes(item)
    barred = enterprise("丙公司").code
    measure("enterprise", barred, "blacklist")
    _run, [item] = looked_at("enterprise", barred)
    assert item.state is ItemState.FAILED
    assert "F103" in codes(item)


def test_an_enterprise_with_its_licence_on_file_passes_and_days_without_records_are_none_of_its_business():
    one = enterprise("甲公司").code
    by = actor("company", enterprise=one)
    papers.read_off(by, paper(by, "licence"), "甲公司", one)
    run, [item] = looked_at("enterprise", one, days=3)
    assert item.state is ItemState.PASSED, item.reasons
    assert item.standing is Standing.INHERITED
    assert run.lacking


def test_an_enterprise_that_was_filed_here_counts_as_verified():
    one = enterprise("甲公司").code
    by = actor("company", name="wu", enterprise=one)
    filing = handed_in(by, EnterpriseChangeContent(one, province="31"), papers=[paper(by, "licence")])
    approved(SimpleNamespace(li=actor("reviewer", name="li")), filing)
    run = ran(plan("filed", "standing", "verified", subjects=("enterprise",)))
    assert {item.subject for item in items(run).values()} == {one}


def test_a_template_that_holds_more_than_is_allowed_has_failed():
    parties = customer()
    [row] = permits_of(parties["user"])
    body = "【乙银行】详情点击 jd.com/a 查看"
    added = permits.add_template(SYSTEM, TemplateValues(row.key, body))
    _run, [item] = looked_at("template", parties["user"])
    assert (item.subject, item.port, item.enterprise) == (added.key, PORT, parties["user"])
    assert item.state is ItemState.FAILED
    assert "F504" in codes(item)


def permits_of(user):
    return permits_known.listed(SYSTEM, PageRequest("", 10), user=user).items


def test_merchants_under_a_permit_that_is_used_on_nobodys_behalf_are_found():
    parties = customer()
    [row] = permits_of(parties["user"])
    make_merchants_permit(row, "merchants")
    permits.add_beneficiary(SYSTEM, BeneficiaryValues(row.key, "shop-1", "一号店"))
    make_merchants_permit(row, "none")
    _run, found = looked_at("permit", parties["user"])
    assert [item.state for item in found] == [ItemState.FAILED]
    assert "F503" in codes(found[0])


def make_merchants_permit(row, on_behalf):
    """What an old registry may hold, and no service of ours would make."""
    db.session.execute(sa.update(Permit).where(Permit.key == row.key).values(on_behalf=on_behalf))
    db.session.expire_all()


@pytest.mark.parametrize(
    ("cohort", "value", "kinds"),
    [
        ("port_prefix", CODE, {"letter", "template", "enterprise"}),
        ("holder", "{user}", {"letter", "enterprise"}),
        ("holder", "{holder}", {"letter", "template", "enterprise"}),
        ("signature_source", "company_name", {"letter", "template", "enterprise"}),
        ("standing", "inherited", {"letter", "template", "enterprise"}),
        ("standing", "verified", set()),
        ("approved_before", "2100-01-01", {"letter", "template", "enterprise"}),
        ("approved_before", "2000-01-01", set()),
        ("findings", "", set()),
    ],
)
def test_every_cohort_can_be_taken_of_them(cohort, value, kinds):
    parties = customer()
    note = letter(parties["user"], parties["holder"], "乙银行", **TERM)
    borrowed = permit(parties["user"], parties["holder"], PORT, "乙银行", letter=note.key)
    permits.add_template(SYSTEM, TemplateValues(borrowed.key, "【乙银行】您好{1}"))
    run = ran(plan("new kinds", cohort, value.format(**parties), subjects=("letter", "template", "enterprise")))
    assert {item.subject_kind.value for item in items(run).values()} == kinds
    assert run.state in (RunState.COMPLETE, RunState.INCOMPLETE)


def test_a_plan_that_names_no_kind_means_those_that_have_a_standing():
    customer()
    run = ran(plan("all", "standing", "verified"))
    assert {item.subject_kind for item in items(run).values()} <= set(WITH_STANDING)


def test_the_api_takes_every_kind_and_shows_the_item(caller):
    analyst, one = caller("analyst"), enterprise("甲公司", handler="H-1").code
    enterprise("乙公司", handler="H-1")
    said = {"name": "企业", "cohort": "holder", "value": one, "days": 0, "subjects": [each.value for each in Subject]}
    made = analyst.post("/api/v1/lookback-plans", json=said)
    assert (made.status_code, made.json["subjects"]) == (201, [each.value for each in Subject])
    run = service.run_plan(SYSTEM, made.json["key"])
    shown = analyst.get("/api/v1/lookback-items", query_string={"run": run.key, "subject_kind": "enterprise"}).json
    assert [each["subject"] for each in shown["items"]] == [one]
    assert queries.totals(run)["items"] == 1


def test_a_look_back_reaches_every_check_but_those_of_mere_requests(monkeypatch):
    every = Provision("lookups.demanded", tuple(LookupKind), "kinds", dt.date(2000, 1, 1), None, "x", Sure.SETTING)
    monkeypatch.setitem(provisions.PROVISIONS, "lookups.demanded", (every,))
    reached = {result.code for kind, key in one_of_each() for result in filings.recheck(SYSTEM, kind, key)}
    asked_outside = {"F312": "a trademark's signature", "F313": "an app's", "F122": "a licence", "F123": "a handler"}
    of_subjects = {each.code for each in engine.catalogue() if each.kinds & {Kind(kind) for kind in Subject}}
    assert of_subjects - reached <= set(asked_outside), "applies to an entry, and no look-back said it"
    unreached = {each.code for each in engine.catalogue()} - of_subjects - {"F503"}
    assert "F503" in reached
    assert unreached == set(CANNOT)
    assert len(engine.catalogue()) - len(CANNOT) >= 60


def one_of_each():
    """An entry of every kind that can be looked back at."""
    parties = customer()
    hop = delegation(parties["holder"], parties["stranger"], f"{CODE}77")
    note = letter(parties["user"], parties["holder"], "乙银行", **TERM)
    row = permit(
        parties["user"],
        parties["holder"],
        PORT,
        "乙银行",
        letter=note.key,
        links=("bank.example",),
        on_behalf="merchants",
    )
    permits.add_beneficiary(SYSTEM, BeneficiaryValues(row.key, "shop-1", "一号店"))
    template = permits.add_template(SYSTEM, TemplateValues(row.key, "【乙银行】您好{1}"))
    text = signature(parties["user"], "乙银行信使")
    found = {
        Subject.PORT: PORT,
        Subject.DELEGATION: hop.key,
        Subject.SIGNATURE: text.key,
        Subject.PERMIT: row.key,
        Subject.LETTER: note.key,
        Subject.TEMPLATE: template.key,
        Subject.ENTERPRISE: parties["user"],
    }
    assert set(found) == set(Subject)
    return list(found.items())
