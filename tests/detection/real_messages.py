"""The main job on real messages: ports registered over the API, records ingested, a run, and what it shows.

`scripts/test tests/detection/test_real.py -s` prints the figures; the messages stay in the folder beside the checkout.
"""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from registry.detection import service as detection
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.papers import service as papers
from registry.traffic import service as traffic
from tests.factories import registered as made
from tests.papers.test_papers import PDF
from tests.shared import SHARED

MESSAGES = SHARED / "data" / "gateway_messages_2013.csv"
STATE_OF = {"通讯服务": "carrier", "政府机构": "authority"}


@dataclass
class Shown:
    """What a run over the real messages shows: findings by rule, and the shared prefixes that they name."""

    registered: int
    accepted: int
    rejected: int
    findings: list[Any]
    prefixes: dict[str, int]  # those of the list, with the signatures that the list counts under each
    refused: Counter[str] = field(default_factory=Counter)

    def table(self) -> str:
        """The figures, as they are published."""
        lines = [
            f"ports registered {self.registered}, refused {dict(self.refused)}",
            f"rows accepted {self.accepted}, rejected {self.rejected}",
            f"findings {self.by_rule()}",
            f"prefixes listed {len(self.prefixes)}",
            f"named {len(self.named())}, within a named range {len(self.within())}, missed {self.missed()}",
        ]
        return "\n".join(lines)

    def by_rule(self) -> dict[str, int]:
        return dict(sorted(Counter(each.rule for each in self.findings).items()))

    def ranges(self) -> set[str]:
        return {each.port for each in self.findings if each.rule == "S105"}

    def named(self) -> list[str]:
        """Prefixes of the list that are themselves a finding."""
        return sorted(set(self.prefixes) & self.ranges())

    def within(self) -> list[str]:
        """Longer prefixes of the list that lie in a range which is a finding."""
        return sorted(each for each in self.prefixes if each not in self.ranges() and each[:8] in self.ranges())

    def missed(self) -> list[str]:
        return sorted(set(self.prefixes) - set(self.named()) - set(self.within()))


def run(caller: Callable[..., Any]) -> Shown:
    """Register, ingest, detect; `caller` gives a client of the API for a role."""
    day = clock.today() - dt.timedelta(days=1)
    with clock.frozen(made.days_ago(3)):
        refused = register(caller)
    outcome = traffic.ingest(SYSTEM, [MESSAGES], default_time=clock.midnight(day) + dt.timedelta(hours=4))[0]
    detection.run(SYSTEM, day, day)
    findings = found()
    registered = len(list(owners())) - sum(refused.values())
    return Shown(registered, outcome.accepted, outcome.rejected, findings, listed_prefixes(), refused)


def owners() -> Iterable[tuple[str, str, str]]:
    """Number, organisation and its line of business; the first of several names of one number."""
    seen = set[str]()
    with (SHARED / "data" / "port_owners_106.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["number"] not in seen:
                seen.add(row["number"])
                yield row["number"], row["organization"], row["category"]


def register(caller: Callable[..., Any]) -> Counter[str]:
    """File each owner, its port and its signature over the API and approve them; answers what was refused, by code."""
    reviewer, second = caller("reviewer"), caller("reviewer")
    agent = made.enterprise("登记代理有限公司", "sms_service_company").code
    office = caller("company_key", enterprise=agent)
    codes: dict[str, str] = {}
    refused = Counter[str]()
    for number, name, business in sorted(owners()):
        if name not in codes:
            codes[name] = made.code()
            enterprise = {"code": codes[name], "name": name, "roles": [STATE_OF.get(business, "end_user")]}
            content = {"kind": "enterprise", "content": enterprise | {"legal_form": "company"}}
            refused.update(approve(office, reviewer, second, content, agent))
        own = caller("company_key", enterprise=codes[name])
        port = {"port": number, "use": "carrier_allotted" if number.startswith("1065") else "own", "signing": "single"}
        refused.update(approve(own, reviewer, second, {"kind": "port", "content": port}, codes[name]))
    return refused


def approve(company: Any, reviewer: Any, second: Any, asked: dict[str, Any], enterprise: str) -> list[str]:
    """File, claim and approve, with a second reviewer where the table asks for one; the codes of what refuses it."""
    paper = papers.upload(SYSTEM, PDF + enterprise.encode(), "licence.pdf", "licence", enterprise=enterprise)
    filed = company.post("/api/v1/filings", json=asked | {"submit": True, "papers": [paper.key]})
    if filed.status_code != 201:
        return [each["code"] for each in filed.json["errors"]][:1]
    step = filed.json
    for who, action in ((reviewer, "claim"), (reviewer, "approve"), (second, "approve")):
        if step["state"] != "approved":
            said = {"json": {"comment": "已核对"}} if action == "approve" else {}
            head = {"If-Match": f'"{step["version"]}"'}
            answer = who.post(f"/api/v1/filings/{step['key']}/{action}", headers=head, **said)
            assert answer.status_code == 200, answer.json
            step = answer.json
    return []


def found() -> list[Any]:
    from registry.detection.model import Finding
    from registry.store import db

    return list(db.session.query(Finding).order_by(Finding.rule, Finding.key))


def listed_prefixes() -> dict[str, int]:
    with (SHARED / "data" / "shared_prefix_groups_2013.csv").open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: int(row["signatures"]) for row in csv.DictReader(file)}
