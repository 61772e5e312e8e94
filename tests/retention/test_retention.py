"""What must go goes when its time is over, and the proof that it was there stays."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from registry.detection.model import FindingStep
from registry.enterprises import service as enterprises
from registry.enterprises.values import EnterpriseValues
from registry.erasures import queries as erasures
from registry.erasures.model import Erasure
from registry.filings import service as filings
from registry.filings.changing import RenewalContent
from registry.filings.content import SignatureContent
from registry.handlers import queries as people
from registry.handlers import service as handlers
from registry.handlers.values import HandlerValues
from registry.inquiries import queries as inquiries
from registry.inquiries import service as asking
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden, NotFound
from registry.kernel.paging import PageRequest
from registry.papers import queries as papers
from registry.papers import storage
from registry.retention import service
from registry.settings import current
from registry.signatures import service as signatures
from registry.signatures.values import SignatureValues
from registry.store import db
from tests.factories import registered as made
from tests.filings.conftest import (  # noqa: F401 - a fixture
    approved,
    handed_in,
    letter_of,
    paper,
    signature_of,
    trade,
)
from tests.inquiries.conftest import ADDRESS
from tests.notices.conftest import setting  # noqa: F401 - a fixture
from tests.notices.test_mail import box  # noqa: F401 - a fixture

ALL = PageRequest("", 100)
PERSON = HandlerValues("王小明", "11010519491231002X", "13812345678")


def later(months):
    return clock.frozen(clock.now() + dt.timedelta(days=31 * months))


def on_disk(sha256):
    return storage.path_of(current().papers, sha256).exists()


def test_a_paper_that_nothing_needs_goes_and_its_hash_stays(trade):  # noqa: F811
    kept = papers.paper(SYSTEM, paper(trade.by_company, "other"))
    assert service.run(SYSTEM)["paper"] == 0
    with later(25):
        assert service.run(SYSTEM)["paper"] == 1
        assert not on_disk(kept.sha256)
        with pytest.raises(NotFound) as gone:
            papers.content(trade.by_company, kept.key)
        assert gone.value.code == "paper_erased"
        [proof] = erasures.listed(SYSTEM, ALL).items
        assert (proof.subject, proof.digest, proof.enterprise) == (kept.key, kept.sha256, trade.company)
        assert proof.rule.startswith("retention.papers: 24 months")
        assert service.run(SYSTEM)["paper"] == 0
        assert paper(trade.by_company, "other") != kept.key, "it may be handed in anew"


def test_the_same_bytes_stay_while_another_paper_names_them(trade):  # noqa: F811
    old = papers.paper(SYSTEM, paper(trade.by_company, "other"))
    with later(20):
        paper(trade.by_stranger, "other")
    with later(25):
        assert service.run(SYSTEM)["paper"] == 1
        assert on_disk(old.sha256)


def test_papers_of_what_is_worked_or_stands_stay_and_go_after_its_end(trade):  # noqa: F811
    waiting = paper(trade.by_company, "other")
    handed_in(trade.by_company, letter_of(trade), papers=[waiting])
    signature = handed_in(
        trade.by_customer, signature_of(trade, valid_until=None), papers=[paper(trade.by_customer, "other")]
    )
    done = approved(trade, signature)
    with later(30):
        assert service.run(SYSTEM)["paper"] == 0
        signatures.end_signature(trade.by_customer, done.entry_key)
        assert service.run(SYSTEM)["paper"] == 0
    with later(60):
        assert service.run(SYSTEM)["paper"] == 1
        assert papers.content(trade.by_company, waiting)


def test_a_handler_that_ended_is_erased_and_found_no_more(trade):  # noqa: F811
    row = handlers.register(trade.by_company, PERSON)
    digest = row.id_hash
    handlers.end(trade.by_company, row.key)
    with later(25):
        assert service.run(SYSTEM)["handler"] == 1
        assert json.dumps(PERSON.id_number) not in json.dumps([row.sealed, row.masked, row.id_hash])
        assert people.found_by(PERSON.id_number) == []
        with pytest.raises(NotFound):
            handlers.unmask(trade.li, row.key, "phone", "电话核实")
        assert erasures.of(row.key).digest == digest


def test_a_handler_that_an_enterprise_names_stays(trade):  # noqa: F811
    row = handlers.register(trade.by_company, PERSON)
    enterprises.amend(SYSTEM, trade.company, EnterpriseValues(trade.company, "红帆短信服务有限公司", handler=row.key))
    with later(60):
        assert service.run(SYSTEM)["handler"] == 0


def test_an_owners_address_goes_a_year_after_its_no(trade, box):  # noqa: F811
    letter = made.letter(trade.customer, trade.company, "京东贸易")
    row = asking.ask_about_letter(trade.li, letter.key, address=ADDRESS, source="官网")
    asking.answer(trade.by_customer, row.key, "deny")
    with later(13):
        assert service.run(SYSTEM)["owner_address"] == 1
        assert inquiries.address_of(trade.customer) == ""
        assert inquiries.owner_at(ADDRESS) is None


def test_the_address_of_a_letter_that_stands_stays(trade, box):  # noqa: F811
    letter = made.letter(trade.customer, trade.company, "京东贸易")
    row = asking.ask_about_letter(trade.li, letter.key, address=ADDRESS, source="官网")
    asking.answer(trade.by_customer, row.key, "confirm")
    with later(30):
        assert service.run(SYSTEM)["owner_address"] == 0


def test_the_proof_is_never_changed_and_everybody_sees_ones_own(trade, caller):  # noqa: F811
    paper(trade.by_company, "other")
    with later(25):
        service.run(SYSTEM)
    for whose, count in ((trade.company, 1), (trade.stranger, 0)):
        answer = caller("company_key", enterprise=whose).get("/api/v1/erasures")
        assert len(answer.json["items"]) == count
    assert len(caller("auditor").get("/api/v1/erasures?what=paper").json["items"]) == 1
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(sa.delete(Erasure))


def test_the_day_is_done_once_and_only_by_whom_may(trade):  # noqa: F811
    assert service.look(SYSTEM) is True
    assert service.look(SYSTEM) is False
    with pytest.raises(Forbidden):
        service.run(trade.li)


def test_the_command_line_runs_and_lists(trade, app):  # noqa: F811
    paper(trade.by_company, "other")
    runner = app.test_cli_runner()
    with later(25):
        assert "paper: 1" in runner.invoke(args=["retention", "run", "--dry"]).output
        assert "paper: 1" in runner.invoke(args=["retention", "run"]).output
    assert "retention.papers" in runner.invoke(args=["retention", "list", "--format", "csv"]).output


def test_a_certificate_on_file_serves_again_and_is_written_down(trade):  # noqa: F811
    from tests.lookups.test_lookups import marked

    certificate = paper(trade.by_customer, "trademark")
    first = handed_in(trade.by_customer, marked(trade), papers=[certificate])
    again = handed_in(trade.by_customer, marked(trade, text="京东精选"))
    other = filings.dry_run(trade.by_customer, marked(trade, "7654321"))
    assert (first.relied_on, again.relied_on, other.relied_on) == ([], [certificate], [])
    assert next(each.verdict for each in again.results if each.code == "F106") == "pass"
    assert next(each.verdict.value for each in other.results if each.code == "F106") == "fail"
    filings.withdraw(trade.by_customer, first.key)


def test_a_paper_that_ran_out_serves_nobody_and_the_look_back_sees_it(trade):  # noqa: F811
    from registry.papers import service as keeping
    from tests.lookups.test_lookups import marked
    from tests.papers.test_papers import PDF

    until = clock.now() + dt.timedelta(days=20)
    certificate = keeping.upload(trade.by_customer, PDF, "商标.pdf", "trademark", expires_at=until).key
    done = approved(trade, handed_in(trade.by_customer, marked(trade), papers=[certificate]))

    def look(at):
        return {each.code: each.verdict.value for each in filings.recheck(SYSTEM, "signature", done.entry_key, at)}

    assert look(clock.now())["F106"] == "warn"
    assert look(until + dt.timedelta(days=1))["F106"] == "fail"
    with clock.frozen(until + dt.timedelta(days=1)):
        assert filings.dry_run(trade.by_customer, marked(trade, text="京东精选")).relied_on == []


def test_a_paper_that_an_answer_rests_on_stays(trade):  # noqa: F811
    evidence = paper(trade.by_company, "other")
    said = {"finding_id": 0, "actor": "wu", "action": "answer", "text": "", "content": {"papers": [evidence]}}
    with db.session.begin_nested():
        db.session.execute(
            sa.text("SET LOCAL session_replication_role = replica")
        )  # the finding itself does not matter
        db.session.execute(sa.insert(FindingStep).values(**said | {"finding_id": 0, "at": clock.now()}))
        db.session.execute(sa.text("SET LOCAL session_replication_role = origin"))
    with later(60):
        assert service.run(SYSTEM)["paper"] == 0


def test_a_renewal_counts_the_papers_of_its_first_filing_and_says_which(trade):  # noqa: F811
    certificate, until = paper(trade.by_customer, "trademark"), clock.now() + dt.timedelta(days=100)
    values = SignatureValues("京东优选", trade.customer, "trademark", valid_until=until)
    first = handed_in(trade.by_customer, SignatureContent(values, trademark="1234567"), papers=[certificate])
    name = approved(trade, first).entry_key
    renewal = handed_in(trade.by_customer, RenewalContent("signature", name, until + dt.timedelta(days=300)))
    assert (renewal.papers, renewal.relied_on) == ([], [certificate])
    assert next(each.verdict for each in renewal.results if each.code == "F106") == "pass"
