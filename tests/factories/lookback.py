"""Look-backs over a holder with a code, its customer on an extension, and the records of the last days."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.clock import SHANGHAI
from registry.kernel.paging import PageRequest
from registry.lookback import queries, service
from registry.lookback.model import Item, Plan, Run
from registry.lookback.values import PlanValues
from registry.traffic import service as traffic
from tests.factories.registered import delegation, enterprise, permit, port, signature

CODE, PORT, RESERVED = "10690123", "1069012301", "10600001"


def plan(name: str = "all inherited", cohort: str = "standing", value: str | None = None, **values: Any) -> Plan:
    """A plan; only the checks count where no days are said."""
    value = "inherited" if value is None and cohort == "standing" else value or ""
    return service.add_plan(SYSTEM, PlanValues(name, cohort, value, **{"days": 0} | values))


def inherited_ports(count: int = 2) -> str:
    """A holder with a code and extensions that were there before the registry; its code."""
    holder = enterprise("甲通信有限公司", "sms_service_company").code
    port(holder, CODE, standing="inherited", signing="shared")
    for place in range(1, count):
        port(holder, f"{CODE}{place:02d}", standing="inherited")
    return holder


def customer() -> dict[str, str]:
    """A holder whose customer has an extension, a signature and a permit, and a stranger with a signature."""
    holder = enterprise("甲通信有限公司", "sms_service_company").code
    user, stranger = enterprise("乙银行有限公司").code, enterprise("丙商城有限公司").code
    port(holder, CODE, signing="shared")
    port(holder, PORT)
    delegation(holder, user, PORT)
    signature(user, "乙银行")
    signature(stranger, "丙商城")
    permit(user, user, PORT, "乙银行")
    return {"holder": holder, "user": user, "stranger": stranger}


def ran(plan: Plan, **arguments: Any) -> Run:
    """The run of a plan, carried out."""
    return service.run_plan(SYSTEM, plan.key, **arguments)


def items(run: Run) -> dict[str, Item]:
    """The items of a run by what they are about."""
    page = queries.items(SYSTEM, PageRequest("", 1000), run=run.key)
    return {item.label: item for item in page.items}


def feed(folder: Path, day: dt.date, *batches: tuple[str, str, int], columns: str = "", name: str = "records") -> None:
    """Ingest so many messages of a port with a signature on a day."""
    moment = dt.datetime.combine(day, dt.time(10), SHANGHAI)
    head = ["submitted_at", "gateway", "port", "recipient", "content", *filter(None, columns.split(","))]
    file = folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        for number, text, count in batches:
            for place in range(count):
                body = f"【{text}】您的订单{place}已发货，请留意查收"
                given = {"submitter": "900001", "province": "11"}
                more = [given[each] for each in head[5:]]
                writer.writerow([moment.isoformat(), "G1", number, f"139{place:08}", body, *more])
    traffic.ingest(SYSTEM, [file])


def today() -> dt.date:
    """The present day where the registry lives."""
    return clock.today()
