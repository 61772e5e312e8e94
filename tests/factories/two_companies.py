"""Two companies with one of everything each, made through the services: what the doors are tried on.

The second one is there to be seen by nobody but the carrier's staff.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from registry.accounts import service as accounts
from registry.accounts.acting import actor_of_key
from registry.accounts.roles import RoleName
from registry.complaints import service as complaints
from registry.complaints.values import ComplaintValues
from registry.detection import service as detection
from registry.enterprises import service as enterprises
from registry.enterprises.values import SubmitterValues
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.papers import service as papers
from registry.traffic import service as traffic
from tests.factories import registered, worked

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OF_COMPANIES = {RoleName.COMPANY, RoleName.COMPANY_KEY}
KINDS_OF_TEXT = 8  # strange signatures on each company's code, each a finding of its own


@dataclass
class Company:
    """An SMS service company: its code, its number, and the keys of what it has by names of things and states."""

    code: str
    port: str
    things: dict[str, str]
    measures: dict[str, str]
    findings: dict[str, str]
    filings: dict[str, str]
    items: dict[str, str]
    asks: dict[str, str]

    def hidden(self) -> list[str]:
        """What nobody else's answers may hold."""
        states = (self.things, self.measures, self.findings, self.filings, self.items, self.asks)
        return [self.code, self.port, *(key for each in states for key in each.values())]


@dataclass
class World:
    """The two companies, an API key for each role (a company's roles belong to the first), and what staff has."""

    one: Company
    other: Company
    keys: dict[str, str]
    things: dict[str, str]
    day: dt.date


def make(folder: Path) -> World:
    """Make it; `folder` takes the records that are read in."""
    with clock.frozen(registered.days_ago(30)):
        one, other = _company("甲通信有限公司", "甲通信", "10690123"), _company("乙信息有限公司", "乙信息", "10690456")
    day = clock.today() - dt.timedelta(days=1)
    delivery = _traffic(folder, day, one, other)
    run = detection.run(SYSTEM, day, day)
    keys = {role: _key(role, one.code if role in OF_COMPANIES else None) for role in RoleName}
    supervisor = keys[RoleName.SUPERVISOR][0]
    for company in (one, other):
        company.measures |= worked.measures(company.things["signature"])
        company.findings |= worked.findings(company.code)
        case = worked.case_of(company.findings["open"])
        company.asks |= worked.asks(case, company.code, company.things["paper"])
        company.filings |= worked.filings(company.code, company.things["user"], company.port, supervisor)
        company.items |= worked.items(company.code, day)
        company.things |= worked.told(company.code)
        company.things |= {"bulk": worked.bulk(folder, company.code, company.port)}
        company.things |= worked.changes(company.code)
        company.things |= {"handler": worked.handler(company.code)}
        company.things |= worked.inquiries(company.code, company.things["letter"])
        worked.ended(company.code, company.port, company.things["permit"])
    for company, text in ((one, "甲通信"), (other, "乙信息")):
        company.things["idle"] = worked.idle(company.code, company.port, text)
    ordered = traffic.order(SYSTEM, [folder / "records.csv"] * 2)
    things = {"run": run.key, "delivery": delivery, "ingest": ordered[0].key} | worked.cases(one.findings)
    things |= {"gateway": worked.working(one.things["permit"], other.things["permit"])}
    things |= {"spare_key": _key(RoleName.ANALYST)[2]} | worked.plans(one.code)
    things |= worked.replays(day, one.findings["open"])
    things |= {"lookup": worked.lookup(one.code)}
    worked.erased(one.code, other.code)
    things |= worked.batches(one.code, one.port, supervisor)
    things |= worked.deputies() | {"planted": worked.planted(one.code, one.port, "18")}
    things["planted_too"] = worked.planted(one.code, one.port, "19")
    return World(one, other, {role.value: key[1] for role, key in keys.items()}, things, day)


def _company(name: str, text: str, digits: str) -> Company:
    company = registered.enterprise(name, "sms_service_company", licence=f"B2-{digits}")
    user = registered.enterprise(f"{text}的客户有限公司", "end_user")
    registered.port(company.code, digits, use="service", signing="shared")
    registered.port(company.code, f"{digits}01")
    registered.port(company.code, f"{digits}02")
    signature = registered.signature(company.code, text)
    registered.signature(user.code, f"{text}客户")
    enterprises.bind_submitter(SYSTEM, SubmitterValues(f"acc-{digits}", company.code))
    complaint = ComplaintValues(port=digits, signature=text, content="收到未报备的营销短信")
    things = {
        "user": user.code,
        "signature": signature.key,
        "letter": registered.letter(company.code, user.code, text).key,
        "permit": registered.permit(company.code, company.code, digits, text).key,
        "delegation": registered.delegation(company.code, user.code, f"{digits}01").key,
        "paper": papers.upload(SYSTEM, PDF + digits.encode(), "letter.pdf", "letter", enterprise=company.code).key,
        "licence": papers.upload(SYSTEM, PDF + digits.encode(), "licence.pdf", "licence", enterprise=company.code).key,
        "complaint": complaints.add(SYSTEM, complaint).key,
    }
    return Company(company.code, digits, things, {}, {}, {}, {}, {})


def _traffic(folder: Path, day: dt.date, *companies: Company) -> str:
    path, names = folder / "records.csv", ("submitted_at", "port", "submitter", "recipient", "content")
    at = (clock.midnight(day) + dt.timedelta(hours=10)).isoformat()
    said = [(company, number, each) for company in companies for number in range(KINDS_OF_TEXT) for each in range(30)]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(names)
        for company, number, each in said:
            content = f"【陌生签名{number}】您的订单已发货，请注意查收"
            rows.writerow((at, company.port, f"acc-{company.port}", f"1380000{number:02}{each:02}", content))
    return traffic.ingest(SYSTEM, [path], gateway="G1")[0].sha256


def _key(role: RoleName, enterprise: str | None = None) -> tuple[Actor, str, str]:
    key, text = accounts.open_key(SYSTEM, f"key of a {role}", [role.value], enterprise=enterprise)
    return actor_of_key(key), text, key.key_id
