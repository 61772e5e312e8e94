"""Sources outside: entered by staff, asked by connectors, read by the checks at filing and at look-back."""

import datetime as dt
import hashlib

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from registry.filings import queries as filings_known
from registry.filings import service as filings
from registry.filings.content import SignatureContent
from registry.filings.queries.outside import asked_of
from registry.filings.service import looking
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.lookups import queries, service
from registry.lookups.model import Lookup
from registry.signatures.values import SignatureValues
from registry.store import db
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in, paper, permit_of

MARK = {"number": "1234567", "owner": "京东贸易有限公司", "mark": "京东优选"}
PROOF = {"source": "商标局网站", "reference": "CN-1234567", "digest": hashlib.sha256(b"page").hexdigest()}


def marked(trade, number="1234567", text="京东优选"):
    values = SignatureValues(text, trade.customer, "trademark")
    return SignatureContent(values, trademark=number)


@pytest.fixture
def filed(trade):
    """The customer's signature from a trademark, handed in."""
    return handed_in(trade.by_customer, marked(trade), papers=[paper(trade.by_customer, "trademark")])


def verdict(filing, code="F312"):
    return next(each.verdict.value for each in filing.results if each.code == code)


def of_dry_run(trade, content, code="F312"):
    found = filings.dry_run(trade.by_customer, content).results
    return next(each.verdict.value for each in found if each.code == code)


def test_without_an_answer_a_trademark_is_not_checked_and_the_fix_is_said(filed):
    assert verdict(filed) == "not_checked"
    [result] = [each for each in filed.results if each.code == "F312"]
    assert "在报备页录入结果" in result.fix["zh"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (MARK, "pass"),
        (MARK | {"owner": "京东贸易有限公司 "}, "pass"),
        (MARK | {"owner": "别人有限公司"}, "fail"),
        (MARK | {"mark": "京东"}, "fail"),
        (MARK | {"status": "已注销"}, "fail"),
    ],
)
def test_what_staff_reads_at_the_office_decides(trade, filed, found, expected):
    row = filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=found, **PROOF)
    assert row.result == ("agrees" if expected == "pass" else "differs")
    assert verdict(filed) == expected


def test_a_number_that_the_office_does_not_have_fails(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "not_found", found={}, source="商标局网站")
    assert verdict(filed) == "fail"


def test_silence_is_no_pass_and_takes_no_earlier_answer_away(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "not_reachable", found={}, source="商标局网站")
    assert verdict(filed) == "not_checked"
    filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=MARK, **PROOF)
    filings.told(trade.li, filed.key, "trademark", "1234567", "not_reachable", found={}, source="商标局网站")
    assert verdict(filed) == "pass"


def test_a_record_needs_its_number_its_hash_and_every_fact(trade, filed):
    for said, code in (
        (PROOF | {"reference": ""}, "lookup_reference"),
        (PROOF | {"digest": ""}, "lookup_digest"),
        (PROOF | {"source": ""}, "lookup_source"),
    ):
        with pytest.raises(Invalid) as refused:
            filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=MARK, **said)
        assert refused.value.code == code
    with pytest.raises(Invalid) as refused:
        filings.told(trade.li, filed.key, "trademark", "1234567", "found", found={"mark": "京东优选"}, **PROOF)
    assert {each.field for each in refused.value.fields} == {"found.number", "found.owner"}


@pytest.mark.parametrize(("at", "code"), [("1999-12-31", "lookup_long_ago"), ("9999-01-01", "lookup_ahead")])
def test_a_time_at_which_nothing_can_have_been_read_is_refused(trade, at, code):
    read_at = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    with pytest.raises(Invalid) as refused:
        service.enter(trade.li, "trademark", "1234567", "found", claimed=MARK, found=MARK, **PROOF, at=read_at)
    assert [(each.field, each.code) for each in refused.value.fields] == [("at", code)]


def test_the_same_answer_about_two_subjects_is_refused(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=MARK, **PROOF)
    with pytest.raises(Invalid) as refused:
        service.enter(trade.li, "trademark", "7654321", "found", claimed=MARK, found=MARK, **PROOF)
    assert refused.value.code == "lookup_twice"


def test_a_record_is_held_against_what_is_claimed_now(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=MARK, **PROOF)
    assert of_dry_run(trade, marked(trade, text="京东精选")) == "fail"


def test_an_answer_counts_for_its_days(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=MARK, **PROOF)
    with clock.frozen(clock.now() + dt.timedelta(days=366)):
        assert of_dry_run(trade, marked(trade)) == "not_checked"


def test_only_staff_enters_and_only_what_the_filing_claims(trade, filed):
    with pytest.raises(Forbidden):
        service.enter(trade.by_customer, "trademark", "1234567", "found", claimed=MARK, found=MARK, **PROOF)
    with pytest.raises(NotFound):
        filings.told(trade.li, filed.key, "trademark", "9999999", "found", found=MARK, **PROOF)


def test_no_answer_is_ever_changed(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "found", found=MARK, **PROOF)
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(sa.update(Lookup).values(result="agrees"))


def test_handing_in_asks_the_connectors_and_their_answers_reach_the_checks(trade, source):
    source.has("1234567", **MARK)
    filing = handed_in(trade.by_customer, marked(trade), papers=[paper(trade.by_customer, "trademark")])
    assert looking.work(SYSTEM, filing.key, anew=False) == 1
    filing = filings_known.find(SYSTEM, filing.key)
    assert verdict(filing) == "pass"
    head, said = source.asked[0]
    assert head["authorization"] == "Bearer t0ken"
    assert said["claimed"] == {"number": "1234567", "owner": ["京东贸易有限公司"], "mark": "京东优选"}
    [row] = queries.listed(PageRequest("", 10)).items
    assert (row.connector, row.source, row.reference) == (True, "登记机关", "R-1")
    assert row.digest == hashlib.sha256(source.says["1234567"][1]).hexdigest()
    assert looking.work(SYSTEM, filing.key, anew=False) == 0


@pytest.mark.parametrize(
    "answer",
    [(500, b""), (302, b""), (200, b"<html>"), (200, b"[]"), (200, b'{"found": "yes"}'), (200, b'{"found": true}')],
)
def test_whatever_is_no_answer_is_not_reachable(trade, source, answer):
    source.says["1234567"] = answer
    filing = handed_in(trade.by_customer, marked(trade), papers=[paper(trade.by_customer, "trademark")])
    looking.work(SYSTEM, filing.key, anew=False)
    [row] = queries.listed(PageRequest("", 10)).items
    assert (row.result, len(source.asked)) == ("not_reachable", 1)
    assert verdict(filings_known.find(SYSTEM, filing.key)) == "not_checked"


def test_an_echo_is_no_answer_twice(trade, source):
    source.has("1234567", **MARK)
    source.says["7654321"] = source.says["1234567"]
    for number in ("1234567", "7654321"):
        filing = handed_in(trade.by_customer, marked(trade, number), papers=[paper(trade.by_customer, "trademark")])
        looking.work(SYSTEM, filing.key, anew=False)
    assert [each.result for each in queries.listed(PageRequest("", 10)).items] == ["agrees", "not_reachable"]


def test_a_connector_in_a_private_network_is_not_asked_unless_that_is_allowed(trade, source, setting):
    setting(webhooks_private=False)
    filing = handed_in(trade.by_customer, marked(trade), papers=[paper(trade.by_customer, "trademark")])
    looking.work(SYSTEM, filing.key, anew=False)
    [row] = queries.listed(PageRequest("", 10)).items
    assert (row.result, source.asked) == ("not_reachable", [])
    assert "private network" in row.note


def test_a_look_back_reads_them_with_its_own_clock(chain, source):
    made.signature(chain.customer, "京东贸易科技", source="company_name")
    from registry.store.columns import key_of

    key = key_of("SIG", "京东贸易科技", chain.customer)
    found = {"code": chain.customer, "name": "京东贸易有限公司"}
    service.enter(
        chain.li, "company_register", chain.customer, "found", claimed=found, found=found | {"status": "吊销"}, **PROOF
    )
    results = {each.code: each.verdict.value for each in filings.recheck(SYSTEM, "signature", key)}
    assert results["F121"] == "fail"
    later = clock.now() + dt.timedelta(days=400)
    results = {each.code: each.verdict.value for each in filings.recheck(SYSTEM, "signature", key, later)}
    assert results["F121"] == "not_checked"


def test_where_a_connector_is_set_silence_is_never_a_pass(chain, source):
    linked = permit_of(chain, links=("m.jd-trade.com/x",))
    assert of_dry_run(chain, linked, "F421") == "not_checked"


def test_what_nobody_looked_up_and_nothing_demands_is_not_said_to_pass(chain, caller):
    filing = handed_in(chain.by_customer, permit_of(chain, links=("m.jd-trade.com/x",)))
    assert "F421" not in {each.code for each in filing.results}
    answer = caller("reviewer").get(f"/api/v1/filings/{filing.key}").json
    assert "F421" not in {each["code"] for each in answer["checks"]}
    [asked] = asked_of(filing)
    assert (asked.kind, asked.last, asked.demanded) == ("icp", None, False)
    found = {"domain": "m.jd-trade.com", "owner": "京东贸易有限公司"}
    told = filings.told(chain.li, filing.key, "icp", "m.jd-trade.com", "found", found=found, **PROOF)
    assert verdict(filings_known.find(chain.li, filing.key), "F421") == "pass", told


def test_of_two_domains_the_one_that_nobody_looked_up_is_not_checked(chain):
    linked = permit_of(chain, links=("m.jd-trade.com/x", "jd-trade.cn"))
    found = {"domain": "m.jd-trade.com", "owner": "京东贸易有限公司"}
    service.enter(chain.li, "icp", "m.jd-trade.com", "found", claimed=found, found=found, **PROOF)
    assert of_dry_run(chain, linked, "F421") == "not_checked"


def test_a_strangers_domain_fails_and_ones_own_passes(chain):
    linked = permit_of(chain, links=("m.jd-trade.com/x",))
    for owner, expected in (("别人有限公司", "fail"), ("京东贸易有限公司", "pass")):
        found = {"domain": "m.jd-trade.com", "owner": owner}
        proof = PROOF | {"digest": hashlib.sha256(owner.encode()).hexdigest()}
        service.enter(chain.li, "icp", "m.jd-trade.com", "found", claimed=found, found=found, **proof)
        assert of_dry_run(chain, linked, "F421") == expected


def test_an_approval_over_a_contradiction_needs_its_words(trade, filed):
    filings.told(trade.li, filed.key, "trademark", "1234567", "not_found", found={}, source="商标局网站")
    filings.claim(trade.li, filed.key)
    with pytest.raises(Invalid) as refused:
        filings.approve(trade.li, filed.key)
    assert refused.value.code == "comment_needed"


def test_the_api_and_the_command_line_tell_what_is_on_record(trade, filed, caller, app):
    body = {"kind": "trademark", "subject": "1234567", "answer": "found", "claimed": MARK, "found": MARK, **PROOF}
    made_by_api = caller("reviewer").post("/api/v1/lookups", json=body)
    assert (made_by_api.status_code, made_by_api.json["result"]) == (201, "agrees")
    assert caller("company_key", enterprise=trade.customer).get("/api/v1/lookups").status_code == 403
    assert caller("auditor").get("/api/v1/lookups?result=agrees").json["items"][0]["subject"] == "1234567"
    listed = app.test_cli_runner().invoke(args=["lookup", "list", "--format", "csv"]).output
    assert "1234567" in listed
    assert approved(trade, filed).state == "approved"
