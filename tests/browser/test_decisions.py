"""A filing's hard way in a real Chromium, without scripts: urged, returned, mended, rejected, appealed, approved."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.person import GIVEN, PASSWORD, Person
from tests.browser.world import EXTENSION, World, email, records

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
Enter = Callable[[str], Person]


@pytest.fixture
def enter(sit_down: Callable[..., Person]) -> Enter:
    """Somebody by name, logged in, in a browser without scripts."""

    def log_in(name: str) -> Person:
        person = sit_down(email(name))
        person.log_in(GIVEN if name == "company" else PASSWORD)
        if name == "company":
            person.fill(old_password=GIVEN, new_password=PASSWORD, again=PASSWORD)
            person.press("Change password", "main")
        return person

    return log_in


def test_a_filing_is_urged_returned_mended_rejected_appealed_and_approved(enter: Enter, world: World, tmp_path: Path):
    company, reviewer, second = enter("company"), enter("reviewer1"), enter("reviewer2")
    delivers(enter("analyst"), tmp_path / "records.csv")
    key = asks_first_then_files(company, world)
    urges_once_a_day(company)
    is_returned(company, reviewer, key)
    mends(company)
    is_rejected(reviewer, key)
    appeals(company, key)
    cannot_hear_the_appeal(reviewer, key)
    hears_the_appeal(second, key)
    company.go(f"/filings/{key}")
    company.sees("approved", "appeal")


def delivers(analyst: Person, path: Path) -> None:
    records(path)
    analyst.go("/traffic")
    analyst.fill(file=path)
    analyst.press("Take it in", "main")


def asks_first_then_files(company: Person, world: World) -> str:
    company.go("/filings/new/port")
    company.fill(port=EXTENSION, signing="single")
    company.press("Check first")
    company.sees("Nothing is filed yet", "F203", "pass")
    assert company.page.locator("[name=port]").input_value() == EXTENSION
    company.press("Hand in")
    company.sees("Place in the queue", "1 of 1", "Promised by")
    return company.where.rpartition("/")[2]


def urges_once_a_day(company: Person) -> None:
    company.act("urge", comment="our customer waits")
    company.sees("Urged", "1×")
    assert not company.offers("urge")


def is_returned(company: Person, reviewer: Person, key: str) -> None:
    reviewer.go("/filings")
    reviewer.sees("urged 1×")
    reviewer.press("Claim the next one")
    assert reviewer.where == f"/filings/{key}"
    reviewer.sees("Expected effect", "If approved", "The chain", "The applicant in the last year")
    reviewer.act("send back", code="PURPOSE_UNCLEAR", field="use", reason_comment="for whom?")
    company.go(f"/filings/{key}")
    company.sees("returned", "PURPOSE_UNCLEAR", "say what is sent, to whom, how much", "To be mended by")


def mends(company: Person) -> None:
    company.follow("mend")
    company.fill(note="order notices of our shop customers")
    company.press("Hand in")
    company.sees("The filing is handed in.")


def is_rejected(reviewer: Person, key: str) -> None:
    reviewer.go(f"/filings/{key}")
    reviewer.press("claim")
    reviewer.act("reject", code="SUBLET_SUSPECTED", comment="the customers should file themselves")
    reviewer.sees("rejected", "Appeal until")


def appeals(company: Person, key: str) -> None:
    company.go(f"/filings/{key}")
    company.sees("SUBLET_SUSPECTED", "let the one who really sends file in its own name")
    company.act("appeal", comment="each customer gets an extension of its own below this one")
    company.sees("to be reviewed", "Place in the queue")


def cannot_hear_the_appeal(reviewer: Person, key: str) -> None:
    reviewer.go(f"/filings/{key}")
    reviewer.sees("appeal", "each customer gets an extension of its own")
    assert not reviewer.offers("claim")


def hears_the_appeal(second: Person, key: str) -> None:
    second.go(f"/filings/{key}")
    second.press("claim")
    second.act("approve", comment="the appeal is right")
    second.sees("approved")
