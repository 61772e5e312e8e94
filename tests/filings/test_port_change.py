"""What the entry of a port says is changed by filing it, judged as if filed anew, from its approval on."""

import datetime as dt

import pytest

from registry.audit import queries as audit
from registry.changes.model import Change
from registry.filings import queries, service
from registry.filings.port_change import PortChangeContent
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Invalid
from registry.ports import queries as ports
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in, permit_of
from tests.filings.test_api import through

CODE = made.ACCESS_CODE


def now(at=None):
    return ports.one(SYSTEM, CODE, at)


def test_a_port_becomes_shared_by_filing_it_and_another_owner_may_follow(chain, session):
    asked = permit_of(chain, port=CODE, signature="京东贸易")
    made.signature(chain.company, "红帆短信")
    made.permit(chain.company, chain.company, CODE, "红帆短信")
    said = {each.code: each for each in service.dry_run(chain.by_customer, asked).results}["F410"]
    assert said.verdict == "fail"
    assert "端口变更" in said.outcome.fix.zh
    before, changes = now(), session.query(Change).count()
    filing = handed_in(chain.by_company, PortChangeContent(CODE, signing="shared", reason="多家客户共用"))
    assert now().signing == "single"
    assert {"F201", "F202", "F204", "F205", "F501"} <= {each.code for each in filing.results}
    assert [each.code for each in filing.results if each.verdict != "pass"] == []
    done = approved(chain, filing)
    assert (done.entry_kind, done.entry_key, session.query(Change).count()) == ("port", CODE, changes + 1)
    kept = ("port", "holder", "use", "level", "max_length", "provinces", "office", "standing", "filing", "valid_until")
    assert now().signing == "shared"
    assert [getattr(now(), name) for name in kept] == [getattr(before, name) for name in kept]
    event = audit.history("port", CODE)[-1]
    assert (event.action, event.before["signing"], event.after["signing"]) == ("port.changed", "single", "shared")
    assert event.after["decision"]["filing"] == filing.key
    again = {each.code: each.verdict for each in service.dry_run(chain.by_customer, asked).results}
    assert again["F410"] == "pass"


def test_what_counted_before_the_approval_is_still_answered_for_then(chain):
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        approved(chain, handed_in(chain.by_company, PortChangeContent(CODE, max_length=12, provinces=("31", "32"))))
        assert (now().max_length, now().provinces) == (12, ["31", "32"])
    assert (now(clock.now() + dt.timedelta(days=1)).max_length, now(clock.now()).provinces) == (20, [])


def test_what_it_names_is_emptied_and_what_is_left_out_stays(chain, caller):
    company, reviewer = caller("company_key", enterprise=chain.company), caller("reviewer")
    first = {"port": CODE, "provinces": ["31"], "office": "31"}
    through(company, reviewer, {"kind": "port_change", "content": first})
    through(company, reviewer, {"kind": "port_change", "content": {"port": CODE, "clear": ["provinces"]}})
    assert (now().provinces, now().office) == ([], "31")


def test_no_shorter_than_the_extensions_that_stand_below(chain):
    made.port(chain.company, f"{CODE}0155")
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_company, PortChangeContent(CODE, max_length=11))
    assert [(each.field, each.code) for each in refused.value.fields] == [("content.max_length", "F205")]
    assert handed_in(chain.by_company, PortChangeContent(CODE, max_length=12)).state == "submitted"


def test_a_change_is_judged_as_a_first_filing_would_be(chain):
    filing = handed_in(chain.by_company, PortChangeContent(CODE, use="carrier_allotted"))
    assert {each.code for each in filing.results if each.verdict == "fail"} == {"F202"}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"port": CODE}, "content.port"),
        ({"port": CODE, "clear": ["use"]}, "content.clear"),
        ({"port": CODE, "clear": ["provinces"], "provinces": ["31"]}, "content.clear"),
        ({"port": CODE, "max_length": 2}, "content.max_length"),
        ({"port": CODE, "signing": "often"}, "content.signing"),
        ({"port": CODE, "holder": "X"}, "content.holder"),
        ({"port": "10690999", "signing": "shared"}, "content.port"),
    ],
)
def test_what_can_be_no_change_is_refused_with_its_field(chain, caller, content, field):
    company = caller("company_key", enterprise=chain.company)
    refused = company.post("/api/v1/filings", json={"kind": "port_change", "content": content, "submit": True})
    named = {each["field"].removesuffix(".0") for each in refused.json["errors"]}
    assert (refused.status_code, named) == (422, {field})


def test_nobody_changes_anothers_port_and_nothing_is_approved_that_changes_nothing(chain):
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_customer, PortChangeContent(CODE, signing="shared"))
    assert ("content.port", "F501") in [(each.field, each.code) for each in refused.value.fields]
    filing = handed_in(chain.by_company, PortChangeContent(CODE, signing="single"))
    with pytest.raises(Conflict) as same:
        approved(chain, filing)
    assert same.value.code == "nothing_changes"
    assert queries.find(chain.li, filing.key).state == "in_review"
