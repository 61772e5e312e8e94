"""Who there is before the walk begins: a company with a code, its customer, a stranger, and the carrier's staff."""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from registry.accounts import service as accounts
from registry.detection import service as detection
from registry.detection.model import RunState
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.traffic import service as traffic
from tests.browser.person import GIVEN, PASSWORD
from tests.factories import registered

CODE, EXTENSION = "10690123", "1069012301"
CUSTOMER_SIGN, STRANGER_SIGN = "青柳贸易", "远山商城"
OF_STRANGERS = ("S201", "S202", "S203")
STAFF = ("reviewer1", "reviewer2", "analyst", "auditor")


@dataclass(frozen=True, slots=True)
class World:
    """The codes of the three companies."""

    company: str
    customer: str
    stranger: str


def make() -> World:
    """Make it: a month ago, so that yesterday's records find it in force."""
    with clock.frozen(registered.days_ago(30)):
        company = registered.enterprise("红帆短信服务有限公司", "sms_service_company", licence="B2-20200001").code
        customer = registered.enterprise("青柳贸易有限公司").code
        stranger = registered.enterprise("远山商城有限公司").code
        registered.port(company, CODE, use="service", signing="shared")
        registered.signature(stranger, STRANGER_SIGN)
    _open("company", "company", GIVEN, company, first=True)
    _open("customer", "company", PASSWORD, customer)
    for name in STAFF:
        _open(name, name.rstrip("12"), PASSWORD)
    return World(company, customer, stranger)


def email(name: str) -> str:
    """A person's log-in."""
    return f"{name}@carrier.example"


def _open(name: str, role: str, password: str, enterprise: str | None = None, *, first: bool = False) -> None:
    accounts.open_account(
        SYSTEM, email(name), name, [role], password, enterprise=enterprise, must_change_password=first
    )


def records(path: Path) -> dt.date:
    """Yesterday's delivery of a gateway: the customer's notices, and a stranger's on the same extension; the day."""
    day = clock.today() - dt.timedelta(days=1)
    at = (clock.midnight(day) + dt.timedelta(hours=10)).isoformat()
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("submitted_at", "gateway", "port", "province", "recipient", "message_ref", "content"))
        for place in range(60):
            sign = STRANGER_SIGN if place % 2 else CUSTOMER_SIGN
            text = f"【{sign}】您的订单{place}已发货，请注意查收"
            rows.writerow((at, "G1", EXTENSION, "31", f"1380000{place:04}", str(place), text))
        rows.writerow(("no time", "G1", EXTENSION, "31", "13800009999", "x", "【青柳贸易】坏行"))
    return day


def sublet(world: World, folder: Path) -> None:
    """Have the company let the stranger send on its customer's extension: registered, delivered, found by the rules
    that look for strangers.

    The customer's use is declared and permitted, the stranger's is not.
    """
    with clock.frozen(registered.days_ago(29)):
        registered.port(world.company, EXTENSION, signing="shared")
        registered.delegation(world.company, world.customer, EXTENSION)
        registered.signature(world.customer, CUSTOMER_SIGN)
        registered.permit(world.customer, world.customer, EXTENSION, CUSTOMER_SIGN)
    file = folder / "sublet.csv"
    day = records(file)
    (delivered,) = traffic.ingest(SYSTEM, [file])
    assert delivered.accepted == 60, delivered
    run = detection.run(SYSTEM, day, day, OF_STRANGERS)
    assert run.state is RunState.COMPLETE, run.outcomes
