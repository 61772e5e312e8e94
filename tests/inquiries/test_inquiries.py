"""Owners are asked about letters: when they are filed, by staff, by log-in and by a one-time link."""

import datetime as dt
import re

import pytest

from registry.changes.model import Change
from registry.filings import service as filings
from registry.inquiries import queries, service
from registry.inquiries.workflow import InquiryState
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.notices import queries as notices
from registry.signatures import queries as signatures
from registry.store import db
from tests.factories import registered as made
from tests.factories.worked import reason_code
from tests.filings.conftest import approved, handed_in, letter_of, paper, permit_of
from tests.inquiries.conftest import ADDRESS, person

FOUND = {"address": ADDRESS, "source": "官网联系页"}


@pytest.fixture
def filed(trade):
    """A letter that the company filed in the customer's name."""
    content = letter_of(trade, valid_until=clock.now() + dt.timedelta(days=400))
    return handed_in(trade.by_company, content, papers=[paper(trade.by_company)])


def _without_token(page):
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def told(actor, event):
    return [each for each in notices.listed(actor, PageRequest("", 50)).items if each.event == event]


def test_an_owner_with_a_log_in_is_asked_as_soon_as_the_letter_is_handed_in(trade):
    person(trade.customer)
    filing = handed_in(trade.by_company, letter_of(trade), papers=[paper(trade.by_company)])
    row = queries.of_filing(filing.key)
    assert row.state is InquiryState.ASKED
    [notice] = told(trade.by_customer, "letter.asked")
    assert "京东贸易" in notice.sentence["zh"]
    assert told(trade.by_company, "letter.asked") == []


def test_staff_is_told_of_an_owner_that_nobody_can_reach(trade, filed):
    assert queries.of_filing(filed.key).state is InquiryState.NOT_ASKED
    assert len(told(trade.li, "letter.not_reachable")) == 1


def test_a_confirmed_letter_stands_confirmed_from_its_approval_on(trade, filed):
    service.answer(trade.by_customer, queries.of_filing(filed.key).key, "confirm")
    done = approved(trade, filed)
    letter = signatures.letter(SYSTEM, done.entry_key)
    assert letter.confirmation == "confirmed"
    assert queries.of_letter(letter.key).state is InquiryState.CONFIRMED
    assert next(each.verdict for each in done.results if each.code == "F331") == "pass"


def test_a_denied_letter_cannot_be_approved_and_staff_hears_why(trade, filed):
    service.answer(trade.by_customer, queries.of_filing(filed.key).key, "deny", reason="公章系伪造")
    [notice] = told(trade.li, "letter.denied")
    assert notice.payload["reasons"][0]["comment"] == "公章系伪造"
    assert len(told(trade.by_company, "letter.denied")) == 1
    filings.claim(trade.li, filed.key)
    with pytest.raises(Conflict) as refused:
        filings.approve(trade.li, filed.key, comment="材料齐全")
    assert refused.value.code == "owner_denied"


def test_a_denial_ends_the_letter_and_reaches_the_feed_and_every_permit_on_it(chain_of_letter):
    trade, letter, permit = chain_of_letter
    service.answer_about_letter(trade.by_customer, letter.key, "deny", reason="从未授权")
    ended = signatures.letter(SYSTEM, letter.key)
    assert (ended.confirmation, ended.valid_until <= clock.now()) == ("denied", True)
    actions = [(row.kind, row.action) for row in db.session.query(Change).order_by(Change.position)]
    assert actions[-2:] == [("letter", "changed"), ("letter", "ended")]
    [notice] = told(trade.li, "letter.denied")
    assert notice.payload["permits"] == [permit.key]
    found = {each.code: each.verdict for each in filings.recheck(SYSTEM, "permit", permit.key)}
    assert found["F324"] == "fail"


@pytest.fixture
def chain_of_letter(trade):
    """A permit of the company under the customer's name that rests on a confirmed letter."""
    made.port(trade.company)
    made.signature(trade.customer, "京东贸易")
    letter = made.letter(trade.customer, trade.company, "京东贸易")
    service.answer_about_letter(trade.by_customer, letter.key, "confirm")
    permit = made.permit(trade.customer, trade.company, "10690123", "京东贸易", letter=letter.key)
    return trade, letter, permit


def test_what_was_confirmed_can_be_revoked_once(chain_of_letter):
    trade, letter, _permit = chain_of_letter
    service.answer_about_letter(trade.by_customer, letter.key, "revoke", reason="合作终止")
    assert queries.of_letter(letter.key).state is InquiryState.REVOKED
    with pytest.raises(NotFound):
        service.answer_about_letter(trade.by_customer, letter.key, "revoke")
    with pytest.raises(NotFound):
        service.answer_about_letter(trade.by_customer, letter.key, "confirm")


def test_nobody_but_the_owner_answers(trade, filed):
    key = queries.of_filing(filed.key).key
    for actor in (trade.by_company, trade.li, SYSTEM):
        with pytest.raises(Forbidden):
            service.answer(actor, key, "confirm")
    with pytest.raises(NotFound):
        service.answer(trade.by_stranger, key, "confirm")


def test_another_content_is_asked_about_anew(trade, filed):
    first = queries.of_filing(filed.key)
    service.answer(trade.by_customer, first.key, "confirm")
    filings.claim(trade.li, filed.key)
    filings.send_back(trade.li, filed.key, reasons=[{"code": reason_code(), "field": ""}])
    wider = letter_of(trade, signatures=("京东贸易", "京东金融"), valid_until=clock.now() + dt.timedelta(days=400))
    filings.mend(trade.by_company, filed.key, wider, papers=filed.papers)
    filings.submit(trade.by_company, filed.key)
    again = queries.of_filing(filed.key)
    assert again.key != first.key
    assert again.state is InquiryState.NOT_ASKED


def test_what_was_withdrawn_is_no_longer_asked(trade, filed):
    filings.withdraw(trade.by_company, filed.key)
    row = queries.of_filing(filed.key)
    assert (row.state, row.over_at is not None) == (InquiryState.EXPIRED, True)
    assert queries.page_of(trade.by_customer).letters == []


def test_an_address_needs_a_source_and_is_never_the_applicants(trade, filed, box):
    person(trade.company, "wu@company.example")
    key = queries.of_filing(filed.key).key
    for said, code in (
        ({"address": ADDRESS}, "source_missing"),
        ({"address": "nonsense", "source": "官网"}, "bad_address"),
        ({"address": "WU@company.example", "source": "官网"}, "address_of_applicant"),
        ({}, "owner_unreachable"),
    ):
        with pytest.raises(Invalid) as refused:
            service.ask(trade.li, key, **said)
        assert refused.value.code == code


def test_without_a_mail_server_nothing_is_said_to_be_asked(trade, filed):
    with pytest.raises(Conflict) as refused:
        service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    assert refused.value.code == "no_mail"


def test_an_owner_without_a_log_in_answers_by_the_link_once(trade, filed, client, link):
    service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    path, subject = link(), queries.of_filing(filed.key).key
    for _ in range(3):  # scanners of mail open links too: opening uses nothing up
        page = client.get(path)
        assert page.status_code == 200
    assert "京东贸易" in page.text
    assert "红帆短信服务有限公司" in page.text
    assert "<script" not in page.text
    assert client.post(path, data={f"answer-{subject}": ""}).status_code == 422
    done = client.post(path, data={f"answer-{subject}": "confirm", "reason": "属实"})
    assert done.status_code == 200
    row = queries.of_filing(filed.key)
    assert row.state is InquiryState.CONFIRMED
    assert row.answered_by.startswith("OWC-")
    assert client.get(path).status_code == 404
    assert client.post(path, data={f"answer-{subject}": "deny"}).status_code == 404


def test_a_link_speaks_english_too(trade, filed, client, link):
    service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    path = link()
    client.post("/language", data={"language": "en", "next": path})
    assert "Who may send under your names" in client.get(path).text


def test_a_link_runs_out_and_staff_hears_of_it(trade, filed, client, link):
    service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    path = link()
    with clock.frozen(clock.now() + dt.timedelta(days=15)):
        assert client.get(path).status_code == 404
        assert service.expire_due(SYSTEM) == 1
        assert queries.of_filing(filed.key).state is InquiryState.EXPIRED
        assert len(told(trade.li, "letter.not_answered")) == 1


def test_an_owner_revokes_later_by_a_new_link_that_only_its_own_address_gets(trade, filed, client, link, box):
    service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    client.post(link(), data={f"answer-{queries.of_filing(filed.key).key}": "confirm"})
    letter = approved(trade, filed).entry_key
    with clock.frozen(clock.now() + dt.timedelta(hours=1)):
        before = len(box.mails)
        strange = client.post("/owner", data={"email": "thief@elsewhere.example"})
        link()
        assert len(box.mails) == before
        client.post("/owner", data={"email": ADDRESS.replace("legal", "le-gal")})
        link()
        assert len(box.mails) == before, "an address that differs in a hyphen is another one"
        known = client.post("/owner", data={"email": ADDRESS.upper()})
        assert _without_token(known.text) == _without_token(strange.text)
        path = link()
        assert len(box.mails) == before + 1
        client.post("/owner", data={"email": ADDRESS})
        link()
        assert len(box.mails) == before + 1, "not twice within ten minutes"
        client.post(path, data={f"answer-{letter}": "revoke", "reason": "合作终止"})
    assert queries.of_letter(letter).state is InquiryState.REVOKED
    assert signatures.letter(SYSTEM, letter).valid_until is not None


def test_guesses_at_codes_are_slowed(client):
    codes = [client.get(f"/owner/guess-{number}").status_code for number in range(35)]
    assert codes[0] == 404
    assert 429 in codes


def test_a_link_opens_nothing_of_another_owner(trade, filed, client, link):
    other = made.letter(trade.stranger, trade.company, "路人")
    service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    path = link()
    assert other.key not in client.get(path).text
    assert client.post(path, data={f"answer-{other.key}": "confirm"}).status_code == 404
    assert client.get(path).status_code == 200, "what failed used nothing up"


def test_where_an_owner_is_reached_stands_nowhere_in_plain(trade, filed, link, caller):
    service.ask(trade.li, queries.of_filing(filed.key).key, **FOUND)
    row = queries.of_filing(filed.key)
    assert ADDRESS not in row.sealed
    path = f"/api/v1/inquiries/{row.key}"
    for ask in (caller("auditor"), caller("company_key", enterprise=trade.company)):
        assert ADDRESS not in ask.get(path).text
    assert caller("company_key", enterprise=trade.company).get(path).json["source"] == ""
    assert ADDRESS not in caller("auditor").get("/api/v1/audit-events?limit=100").text


def test_a_permit_shows_what_the_owner_said_of_its_letter(chain_of_letter, visitor_of):
    trade, letter, permit = chain_of_letter
    service.answer_about_letter(trade.by_customer, letter.key, "revoke")
    page = visitor_of("reviewer").get(f"/permits/{permit.key}")
    assert "签名所有人已撤销本许可所依据的授权委托书" in page.text


def test_the_command_line_lists_and_asks(trade, filed, app, box):
    runner, key = app.test_cli_runner(), queries.of_filing(filed.key).key
    assert key in runner.invoke(args=["letter", "inquiries", "--format", "csv"]).output
    done = runner.invoke(args=["letter", "ask", key, "--address", ADDRESS, "--source", "官网"])
    assert done.output.strip() == f"{key} asked"


def test_a_planted_letter_asks_nobody(trade):
    person(trade.customer)
    filings.plant(trade.boss, letter_of(trade), applicant=trade.company, flaw="伪造", reasons=[reason_code()])
    assert told(trade.by_customer, "letter.asked") == []


def test_a_permit_over_an_unconfirmed_letter_is_warned_of(chain_of_letter):
    trade, letter, _permit = chain_of_letter
    other = made.letter(trade.customer, trade.company, "京东贸易")
    results = filings.dry_run(
        trade.by_company, permit_of(trade, user=trade.company, letter=other.key), applicant=trade.company
    ).results
    assert next(each.verdict for each in results if each.code == "F324") == "warn"
    confirmed = filings.dry_run(
        trade.by_company, permit_of(trade, user=trade.company, letter=letter.key), applicant=trade.company
    ).results
    assert next(each.verdict for each in confirmed if each.code == "F324") == "pass"
