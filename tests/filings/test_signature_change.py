"""Where the right to a registered signature comes from is changed by filing it, judged as if filed anew."""

import datetime as dt

import pytest

from registry.audit import queries as audit
from registry.changes.model import Change
from registry.filings import queries, service
from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.queries.entries import content_of_entry, entry_of, filing_of
from registry.filings.signature_change import SignatureChangeContent
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Invalid
from registry.signatures import queries as signatures
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in, paper, signature_of

NUMBER = "12345678"


@pytest.fixture
def app_name(trade):
    """The customer's signature that comes from the name of an app, as old registries hold them."""
    return made.signature(trade.customer, "京东贸易", source="app").key


def now(key, at=None):
    return signatures.one(SYSTEM, key, at)


def verdicts(results):
    return {each.code: each.verdict.value for each in results}


def of_trademark(trade, key, **values):
    papers = [paper(trade.by_customer, "trademark")]
    content = SignatureChangeContent(key, source="trademark", trademark=NUMBER, **values)
    return handed_in(trade.by_customer, content, papers=papers)


def test_who_holds_the_name_of_an_app_gives_it_another_source(trade, app_name, session):
    again = verdicts(service.dry_run(trade.by_customer, signature_of(trade)).results)
    assert again["F308"] == "fail"
    assert verdicts(service.recheck(trade.li, "signature", app_name))["F304"] != "pass"
    before, changes = now(app_name), session.query(Change).count()
    filing = of_trademark(trade, app_name, reason="商标已注册")
    said = verdicts(filing.results)
    assert {said[code] for code in ("F106", "F304", "F308", "F310", "F501")} == {"pass"}
    assert now(app_name).source == "app"
    done = approved(trade, filing)
    assert (done.entry_kind, done.entry_key, session.query(Change).count()) == ("signature", app_name, changes + 1)
    kept = ("key", "signature", "owner", "protected", "standing", "filing", "valid_until")
    assert now(app_name).source == "trademark"
    assert [getattr(now(app_name), name) for name in kept] == [getattr(before, name) for name in kept]
    event = audit.history("signature", app_name)[-1]
    assert (event.action, event.before["source"], event.after["source"]) == ("signature.changed", "app", "trademark")
    assert event.after["decision"]["filing"] == filing.key


def test_the_number_and_the_certificate_are_on_file_from_then_on(trade, app_name):
    approved(trade, of_trademark(trade, app_name))
    row = entry_of(Kind.SIGNATURE, app_name, clock.now())
    content = content_of_entry(Kind.SIGNATURE, row, filing_of(row))
    assert isinstance(content, SignatureContent)
    assert (content.values.source, content.trademark) == ("trademark", NUMBER)
    said = verdicts(service.recheck(trade.li, "signature", app_name))
    assert (said["F106"], said["F304"], said["F310"]) == ("pass", "pass", "pass")


def test_what_counted_before_the_approval_is_still_answered_for_then(trade, app_name):
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        approved(trade, of_trademark(trade, app_name))
    assert now(app_name, clock.now() + dt.timedelta(days=1)).source == "app"


def test_a_trademark_needs_its_number_and_its_certificate(trade, app_name):
    filing = handed_in(trade.by_customer, SignatureChangeContent(app_name, source="trademark"))
    said = verdicts(filing.results)
    assert (said["F106"], said["F310"]) == ("fail", "fail")


def test_another_number_alone_is_a_change_and_the_same_source_alone_is_none(trade, app_name):
    approved(trade, of_trademark(trade, app_name))
    approved(trade, handed_in(trade.by_customer, SignatureChangeContent(app_name, trademark="87654321")))
    row = entry_of(Kind.SIGNATURE, app_name, clock.now())
    assert content_of_entry(Kind.SIGNATURE, row, filing_of(row)).trademark == "87654321"
    filing = handed_in(trade.by_customer, SignatureChangeContent(app_name, source="trademark"))
    with pytest.raises(Conflict) as same:
        approved(trade, filing)
    assert same.value.code == "nothing_changes"
    assert queries.find(trade.li, filing.key).state == "in_review"


def test_a_government_source_needs_two_and_is_protected(trade, app_name):
    filing = handed_in(trade.by_customer, SignatureChangeContent(app_name, source="government"))
    assert "GOVERNMENT_SOURCE" in filing.needs_two
    assert approved(trade, filing).state == "awaiting_second"
    service.approve(trade.wang, filing.key, comment="同意")
    assert (now(app_name).source, now(app_name).protected) == ("government", True)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "content.source"),
        ({"source": "dream"}, "content.source"),
        ({"source": "company_name", "owner": "X"}, "content.owner"),
        ({"subject": "SIG-none", "source": "company_name"}, "content.subject"),
    ],
)
def test_what_can_be_no_change_is_refused_with_its_field(trade, app_name, caller, content, field):
    company = caller("company_key", enterprise=trade.customer)
    asked = {"kind": "signature_change", "content": {"subject": app_name} | content, "submit": True}
    refused = company.post("/api/v1/filings", json=asked)
    assert (refused.status_code, {each["field"] for each in refused.json["errors"]}) == (422, {field})


def test_nobody_changes_anothers_signature(trade, app_name):
    with pytest.raises(Invalid) as refused:
        handed_in(trade.by_stranger, SignatureChangeContent(app_name, source="company_name"))
    assert [(each.field, each.code) for each in refused.value.fields] == [("content.subject", "F501")]
