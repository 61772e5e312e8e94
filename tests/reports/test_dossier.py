"""One click gives everything on file about a permit, and a company only what is its own."""

import datetime as dt
import io
import json
import zipfile

import pytest

from registry.app import create_app
from registry.detection import service as detection
from registry.filings import service as filings
from registry.filings.content import PermitContent
from registry.gateway import service as gateway
from registry.gateway.values import Reported
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import NotFound
from registry.measures import service as measures
from registry.papers import service as papers
from registry.permits.values import PermitValues, ScopeValues
from registry.reports import dossier
from registry.store import db
from tests.conftest import actor
from tests.factories import registered as made
from tests.factories.lookback import feed, items, plan, ran
from tests.filings.conftest import chain, trade
from tests.papers.test_papers import PDF

__all__ = ["chain", "trade"]


@pytest.fixture
def permit(chain):
    """A permit that went the whole way: filed with a paper, returned, mended, approved, active, warned about."""
    paper = papers.upload(SYSTEM, PDF, "letter.pdf", "letter", enterprise=chain.customer)
    content = PermitContent(
        PermitValues("京东贸易", chain.customer, "10690123", chain.customer, ScopeValues(("notice",)))
    )
    filing = filings.file(chain.by_customer, content, papers=[paper.key], submit=True)
    filings.claim(chain.li, filing.key)
    filings.send_back(chain.li, filing.key, reasons=[{"code": "PURPOSE_UNCLEAR", "field": "purpose", "comment": ""}])
    filings.mend(chain.by_customer, filing.key, content, papers=[paper.key], note="已补充")
    filings.submit(chain.by_customer, filing.key)
    filings.claim(chain.li, filing.key)
    done = filings.approve(chain.li, filing.key, comment="齐全")
    gateway.open_gateway(SYSTEM, "gw-1")
    gateway.report(SYSTEM, "gw-1", [Reported(done.entry_key, "failed", "E7")])
    gateway.report(SYSTEM, "gw-1", [Reported(done.entry_key, "active")])
    warned = made.measure("permit", done.entry_key, "warn")
    measures.lift(chain.boss, warned.key, reason="已整改")
    return done.entry_key


def test_it_holds_every_section_in_full(chain, permit):
    found = dossier.gather(actor("reviewer"), permit)
    assert [each["state"] for each in found["filings"]] == ["approved"]
    assert [each["verdict"] for each in found["decisions"]] == ["return", "approve"]
    assert found["decisions"][0]["reasons"][0]["zh"] == "端口用途说明不清"
    assert found["papers"][0]["sha256"] == papers_hash()
    assert {each["code"] for each in found["checks"]} >= {"F401", "F402"}
    assert [(each["state"], each["code"]) for each in found["activations"]] == [("failed", "E7"), ("active", "")]
    assert [each["state"] for each in found["measures"]] == ["lifted"]
    assert {each["event"] for each in found["notices"]} >= {"filing.returned", "filing.approved", "activation.failed"}
    assert found["history"][0]["action"] == "permit.opened"
    assert len(found["versions"]) == 1


def test_it_holds_what_was_found_of_its_number_and_name_and_what_look_backs_said(chain, permit, tmp_path):
    day = clock.today() - dt.timedelta(days=1)
    feed(tmp_path, day, ("10690123", "京东贸易", 40), ("10690123", "路人", 40))
    detection.run(SYSTEM, day, day)
    run = ran(plan("one holder", "holder", chain.company))
    found = dossier.gather(actor("reviewer"), permit)
    assert {(each["port"], each["signature"]) for each in found["findings"]} == {("10690123", "京东贸易")}
    assert all(each["rule"] and each["summary"]["zh"] for each in found["findings"])
    [item] = found["lookbacks"]
    assert (item["run"], item["state"]) == (run.key, items(run)["京东贸易 10690123"].state)


def papers_hash():
    import hashlib

    return hashlib.sha256(PDF).hexdigest()


def test_a_company_sees_of_it_what_is_its_own(chain, permit):
    mine = dossier.gather(chain.by_customer, permit)
    assert mine["history"] == []
    assert all("by" not in each for each in mine["decisions"])
    assert {each["recipient"] for each in mine["notices"]} == {f"enterprise:{chain.customer}"}
    holders = dossier.gather(chain.by_company, permit)
    assert (holders["filings"], holders["papers"], holders["notices"]) == ([], [], [])
    with pytest.raises(NotFound):
        dossier.gather(chain.by_stranger, permit)


def test_the_archive_holds_the_whole_and_a_table_for_each_section(caller, permit):
    answer = caller("reviewer").get(f"/api/v1/permits/{permit}/dossier?format=zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        whole = json.loads(archive.read("dossier.json"))
        names = set(archive.namelist())
    assert whole["permit"] == permit
    assert names == {"dossier.json"} | {
        f"{name}.csv" for name, rows in whole.items() if isinstance(rows, list) and rows
    }


def test_the_command_line_writes_both_and_says_what_is_wrong(own_database, tmp_path):
    app = create_app(own_database)
    with app.app_context():
        key = made.standing_permit()[1].key
        db.session.remove()
    run = app.test_cli_runner().invoke
    for form in ("json", "zip"):
        assert run(args=["report", "dossier", key, str(tmp_path / f"d.{form}")]).exit_code == 0
    assert json.loads((tmp_path / "d.json").read_text("utf-8"))["permit"] == key
    assert run(args=["report", "dossier", "PMT-NONE", str(tmp_path / "x.json")]).exit_code == 2
    assert run(args=["report", "dossier", key, str(tmp_path / "x.pdf")]).exit_code == 2
    told = run(args=["report", "codes", str(tmp_path / "codes.xlsx")])
    assert (told.exit_code, (tmp_path / "codes.xlsx").stat().st_size > 1000) == (0, True)
    assert run(args=["report", "codes", "--quarter", "2026Q9", str(tmp_path / "codes.csv")]).exit_code == 2
    with app.app_context():
        db.engine.dispose()
