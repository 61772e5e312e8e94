"""The main job in a real Chromium: register and approve, feed records, work a finding, look back; without scripts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.person import GIVEN, PASSWORD, Person
from tests.browser.world import CODE, CUSTOMER_SIGN, EXTENSION, STRANGER_SIGN, World, email, records
from tests.papers.test_papers import PDF

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
SitDown = Callable[..., Person]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A scanned paper."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def enter(sit_down: SitDown) -> Callable[[str], Person]:
    """Somebody by name, logged in, in a browser without scripts."""

    def log_in(name: str) -> Person:
        person = sit_down(email(name))
        person.log_in()
        return person

    return log_in


def test_the_main_job_goes_through_without_scripts(sit_down, enter, world, tmp_path, paper):
    company, reviewer, analyst = sit_down(email("company")), enter("reviewer1"), enter("analyst")
    chooses_a_password(company)
    registers_an_extension(company, reviewer)
    customer = enter("customer")
    lets_the_customer_use_it(company, customer, reviewer, world)
    brings_the_customers_letter(company, customer, reviewer, world, paper)
    asks_for_marketing(company, reviewer, enter("reviewer2"), world)
    finding = finds_a_stranger(analyst, tmp_path / "records.csv")
    works_the_finding(company, analyst, reviewer, finding)
    looks_back(company, analyst, world, tmp_path, paper)
    reads_the_trail(enter("auditor"), finding)


def test_the_console_is_the_same_with_scripts(sit_down):
    reviewer = sit_down(email("reviewer1"), scripts=True)
    reviewer.log_in()
    for place in ("Filings", "Registry", "Findings", "Look-back", "Gateway records"):
        reviewer.follow(place, "nav")
    assert reviewer.page.locator("script").count() == 0


def chooses_a_password(company: Person) -> None:
    company.log_in(GIVEN)
    company.sees("Choose one of your own")
    company.go("/filings")
    assert company.where == "/password"
    company.fill(old_password=GIVEN, new_password=PASSWORD, again=PASSWORD)
    company.press("Change password", "main")
    company.sees("Your password is changed.")


def registers_an_extension(company: Person, reviewer: Person) -> None:
    company.follow("Filings", "nav")
    company.follow("New filing")
    company.page.locator("a[href='/filings/new/port']").click()
    company.fill(port=EXTENSION.replace("0", "O"), signing="single")
    company.press("Hand in")
    company.sees("digits")
    assert company.page.locator("[name=port]").input_value() == EXTENSION.replace("0", "O")
    company.fill(port=EXTENSION)
    company.press("Hand in")
    company.sees("Automatic checks", "F203", "pass")
    key = company.where.rpartition("/")[2]
    is_sent_back(company, reviewer, key)
    approves(reviewer, key)
    reviewer.follow(EXTENSION)
    reviewer.sees(EXTENSION, CODE, "红帆短信服务有限公司", "verified")


def is_sent_back(company: Person, reviewer: Person, key: str) -> None:
    reviewer.follow("Filings", "nav")
    reviewer.follow(key)
    reviewer.press("claim")
    reviewer.act("send back", code="PURPOSE_UNCLEAR", field="signing", reason_comment="several signatures?")
    reviewer.sees("returned")
    company.go(f"/filings/{key}")
    company.sees("PURPOSE_UNCLEAR", "several signatures?", "signing")
    company.follow("mend")
    company.fill(signing="shared", note="several customers will share it")
    company.press("Hand in")
    company.sees("The filing is handed in.")


def lets_the_customer_use_it(company: Person, customer: Person, reviewer: Person, world: World) -> None:
    key = files(company, "delegation", port=EXTENSION, to_enterprise=world.customer)
    company.sees("with the other company")
    customer.page.reload()
    customer.sees("delegations to accept")
    customer.go(f"/filings/{key}")
    customer.press("accept")
    approves(reviewer, key)


def brings_the_customers_letter(company: Person, customer: Person, reviewer: Person, world: World, paper: Path) -> None:
    said = {"owner": world.customer, "signatures": CUSTOMER_SIGN, "valid_until": "2036-01-01"}
    letter = files(company, "letter", **said, paper=paper, paper_kind="letter")
    approves(reviewer, letter)
    customer.go("/letters")
    customer.press("It is ours")
    customer.sees("Your answer is on record.")
    key = files(
        company,
        "signature",
        signature=CUSTOMER_SIGN,
        owner=world.customer,
        letter=letter,
        paper=paper,
        paper_kind="other",
    )
    company.sees("letter.pdf", "F322")
    approves(reviewer, key)


def asks_for_marketing(company: Person, reviewer: Person, second: Person, world: World) -> None:
    scope = {
        "categories": ["notice", "marketing"],
        "provinces": ["31"],
        "monthly_volume": "10000",
        "hours": "08:00-20:00",
    }
    way = {"consent": "on paper", "consent_proof": "kept five years", "opt_out": "拒收请回复R"}
    parties = {"signature": CUSTOMER_SIGN, "owner": world.customer, "user": world.customer, "port": EXTENSION}
    key = files(company, "permit", **parties, **scope, **way)
    company.sees("Two different reviewers decide")
    reviewer.go(f"/filings/{key}")
    reviewer.press("claim")
    reviewer.act("approve (first of two)", comment="papers compared")
    reviewer.sees("awaiting a second reviewer")
    assert not reviewer.offers("approve (second)")
    second.go("/filings?state=awaiting_second")
    second.follow(key)
    second.act("approve (second)", comment="agreed")
    second.sees("approved")
    second.page.locator("a[href^='/permits/']").first.click()
    second.sees(CUSTOMER_SIGN, EXTENSION, "青柳贸易有限公司", "verified")


def finds_a_stranger(analyst: Person, file: Path) -> str:
    records(file)
    analyst.follow("Gateway records", "nav")
    analyst.fill(file=file)
    analyst.press("Take it in")
    analyst.sees("61 rows read, 60 accepted, 1 rejected")
    analyst.go("/detection")
    analyst.press("Run the rules")
    analyst.waits_for("complete")
    assert "incomplete" not in analyst.page.locator("main").inner_text().lower(), "a rule broke off"
    analyst.go("/findings?rule=S203")
    analyst.page.locator("main a[href^='/findings/']").first.click()
    analyst.sees(STRANGER_SIGN, EXTENSION, "红帆短信服务有限公司", "远山商城有限公司", "Evidence", "30 messages")
    analyst.act("notify the enterprise", text="who sends this?")
    analyst.sees("notified", "Answer due")
    return analyst.where


def works_the_finding(company: Person, analyst: Person, reviewer: Person, finding: str) -> None:
    company.go("/findings?state=notified")
    company.page.locator(f"a[href='{finding}']").click()
    company.act("answer", text="we let a friend use it")
    analyst.go(finding)
    analyst.sees("we let a friend use it")
    analyst.act("Give the verdict", verdict="sublet_proven", text="the answer admits it")
    analyst.sees("confirmed", "sublet, proven")
    analyst.follow("Suspend the port")
    stated = {"reason": "sublet", "remedy": "stop it", "materials": "contracts", "appeal_channel": "10010"}
    analyst.fill(**stated)
    analyst.press("Impose at once")
    analyst.sees("in force", EXTENSION)
    for person in (company, reviewer):
        person.go(analyst.where)
        person.sees("sublet", "10010")
    reviewer.fill(reason="the lease is ended")
    reviewer.press("lift")
    reviewer.sees("lifted")


def looks_back(company: Person, analyst: Person, world: World, folder: Path, paper: Path) -> None:
    analyst.follow("Look-back", "nav")
    analyst.follow("New plan")
    analyst.fill(name="all of one holder", cohort="holder", value=world.company, days="7")
    analyst.press("Keep the plan")
    analyst.press("Run now")
    analyst.waits_for("complete")
    company.follow("Look-back", "nav")
    company.page.locator("main a[href^='/lookback/items/']").first.click()
    company.act("answer", text="the contract is attached", paper=paper)
    company.sees("answered", "the contract is attached")
    answered = company.where.rpartition("/")[2]
    assert answered in analyst.saves("CSV", folder / "report.csv")
    assert "<html" in analyst.saves("HTML", folder / "report.html")
    analyst.go(f"/lookback/items/{answered}")
    analyst.act("pass", text="contract compared")
    analyst.sees("passed")


def reads_the_trail(auditor: Person, finding: str) -> None:
    auditor.follow("Audit trail", "nav")
    auditor.sees("lookback", "measure.lifted", "reviewer1")
    auditor.go(f"/audit?subject_key={finding.rpartition('/')[2]}")
    auditor.sees("finding.notify", "finding.answer", "finding.confirm")
    auditor.press("中文")
    assert auditor.page.locator("html").get_attribute("lang") == "zh-CN"
    auditor.sees("审计")
    auditor.press("English")
    auditor.sees("Audit trail")


def files(company: Person, kind: str, **values: str | list[str] | Path) -> str:
    """File one and hand it in; its key."""
    company.go(f"/filings/new/{kind}")
    company.fill(**values)
    company.press("Hand in")
    assert re.fullmatch(r"/filings/FLG-[\w-]+", company.where), company.page.locator("main").inner_text()
    return company.where.rpartition("/")[2]


def approves(reviewer: Person, key: str) -> None:
    """Take a filing from the queue and approve it."""
    reviewer.go("/filings")
    reviewer.follow(key)
    reviewer.press("claim")
    reviewer.act("approve", comment="papers compared")
    reviewer.sees("approved")
