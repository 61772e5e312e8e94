"""A case's way in a real Chromium, without scripts: read, refused a verdict, proved, judged, packed, verified."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.person import GIVEN, PASSWORD, Person
from tests.browser.world import CUSTOMER_SIGN, EXTENSION, STRANGER_SIGN, World, email, sublet
from tests.papers.test_papers import PDF

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
HOLDER, CUSTOMER, STRANGER = "红帆短信服务有限公司", "青柳贸易有限公司", "远山商城有限公司"
CODE = re.compile(r"\b[A-Z]{3,}_[A-Z]+")
WANTED = "the contract with 远山商城, and what was paid"


@pytest.fixture
def world(world: World, own_app: Flask, tmp_path: Path) -> World:
    """The same people; the company has sublet the extension, and a run has found it."""
    sublet(world, tmp_path)
    return world


def test_a_case_is_read_refused_a_verdict_proved_judged_and_packed(
    sit_down: Callable[..., Person], world: World, tmp_path: Path
):
    company, analyst = sit_down(email("company")), sit_down(email("analyst"))
    case = opens_the_case(analyst)
    reads_its_story(analyst)
    is_refused_the_verdict(analyst)
    asks_for_originals(analyst)
    hands_a_paper_over(company, tmp_path / "contract.pdf")
    sees_what_the_paper_shows(analyst, case)
    gives_the_verdict(analyst, case)
    pack = tmp_path / "pack.zip"
    analyst.downloads("Evidence pack (ZIP)", pack)
    proves_itself(pack, tmp_path / "unpacked")
    fits_a_telephone(analyst, case)
    reads_the_page_in_front(analyst, tmp_path / "unpacked" / "index.html")


def opens_the_case(analyst: Person) -> str:
    analyst.log_in()
    analyst.follow("Findings", "nav")
    analyst.follow("Cases", "main")
    analyst.sees("sublet", HOLDER, EXTENSION, STRANGER_SIGN)
    analyst.page.locator("main td a[href^='/cases/']").click()
    analyst.page.wait_for_url(re.compile(r"/cases/CAS-"))
    return analyst.where


def reads_its_story(analyst: Person) -> None:
    """The chain with the stranger's step marked as undeclared, the customer's as declared; then the time line."""
    chain, time = analyst.page.locator(".drawn-wide svg").all()
    for each in (chain, time):
        expect(each).to_be_visible()
    steps = chain.locator("g")
    for name, role in ((HOLDER, "holds the number"), (CUSTOMER, "declared"), (STRANGER, "undeclared")):
        expect(steps.filter(has_text=name).last).to_contain_text(role)
    expect(steps.filter(has_text=CUSTOMER).last).not_to_contain_text("undeclared")
    expect(chain.locator("path[stroke-dasharray]")).to_have_count(1)
    expect(time.locator("rect title").filter(has_text=": 30")).to_have_count(1)
    expect(time).to_contain_text(f"permit 【{CUSTOMER_SIGN}】{EXTENSION}")
    analyst.sees("30 messages")


def is_refused_the_verdict(analyst: Person) -> None:
    """Nobody has shown a payment or a contract: the page says so, and keeps what was written."""
    analyst.act("take it on", text="")
    analyst.act("Give the verdict", verdict="sublet_proven", text="it looks like it")
    refused = analyst.page.get_by_role("alert")
    expect(refused).to_contain_text("payment or contract")
    expect(refused).not_to_contain_text("use by another")
    expect(analyst.page.locator("#judge-text")).to_have_value("it looks like it")
    expect(analyst.page.locator("#judge-verdict")).to_have_value("sublet_proven")


def asks_for_originals(analyst: Person) -> None:
    analyst.act("ask for an original", element="payment_or_contract", text=WANTED)
    analyst.sees("The original is asked for.", WANTED, "asked")


def hands_a_paper_over(company: Person, paper: Path) -> None:
    """The company logs in, is told of it, and answers with a scan."""
    paper.write_bytes(PDF)
    company.log_in(GIVEN)
    company.fill(old_password=GIVEN, new_password=PASSWORD, again=PASSWORD)
    company.press("Change password", "main")
    company.follow("Findings", "nav")
    company.follow("Originals", "main")
    company.page.locator("main td a[href^='/asks/']").click()
    company.sees(WANTED, "payment or contract")
    company.act("hand it over", text="the contract is attached", paper=paper)
    company.sees("received", "the contract is attached")


def sees_what_the_paper_shows(analyst: Person, case: str) -> None:
    analyst.go(case)
    analyst.page.locator("main a[href^='/asks/']").click()
    analyst.sees("the contract is attached", "SHA-256")
    analyst.act("looked at: accept", stance="for", text="monthly rent for the extension")
    analyst.sees("accepted")


def gives_the_verdict(analyst: Person, case: str) -> None:
    analyst.go(case)
    analyst.act("Give the verdict", verdict="sublet_proven", text="the contract shows the rent")
    analyst.sees("judged", "sublet, proven", "a measure may follow", f"Suspend the port {EXTENSION}")


def fits_a_telephone(analyst: Person, case: str) -> None:
    """Nothing has to be pushed aside to be read, in either language; no code stands where a sentence belongs."""
    analyst.page.set_viewport_size({"width": 390, "height": 844})
    analyst.go(case)
    finding, ask = (
        analyst.page.locator(f"main a[href^='/{kind}/']").first.get_attribute("href") for kind in ("findings", "asks")
    )
    told = (case, str(finding), f"{finding}/explanation", str(ask))
    for language in ("中文", "English"):
        analyst.press(language, "header")
        for page in (*told, "/cases", "/asks", "/replays?rule=S301", "/filings/conditions"):
            analyst.go(page)
            assert analyst.overflows() == [], (page, language)
            assert page not in told or not CODE.search(analyst.page.locator("main").inner_text()), (page, language)


def proves_itself(pack: Path, folder: Path) -> None:
    """The program in the pack finds it whole; with one fact changed it says which file."""
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    assert verified(folder) == (0, "whole")
    facts = folder / "facts.csv"
    kept = facts.read_bytes()
    facts.write_bytes(kept.replace(b"30", b"31"))
    code, said = verified(folder)
    assert code != 0
    assert "facts.csv" in said
    facts.write_bytes(kept)


def verified(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-I", str(folder / "verify.py"), str(folder)]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def reads_the_page_in_front(analyst: Person, page: Path) -> None:
    analyst.page.goto(page.as_uri())
    for text in (STRANGER, EXTENSION, WANTED, "undeclared"):
        expect(analyst.page.locator("body")).to_contain_text(text)
    assert analyst.overflows() == []
