"""A permit that was granted long ago, and records since."""

import csv
import datetime as dt
from types import SimpleNamespace

import pytest

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.lifecycle.model import SeenFile
from registry.store import unit_of_work
from registry.traffic import service as traffic
from registry.traffic.model import FactFile
from tests.factories import registered as made

MONTHS_AGO = 240  # days: longer than a permit may sleep, and the notice before


def records(folder, sent, *, name="records"):
    """A delivery with these (day, port, signature) in it, one message each."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("submitted_at", "gateway", "port", "recipient", "content"))
        for number, (day, port, signature) in enumerate(sent):
            at = clock.midnight(day) + dt.timedelta(hours=10)
            rows.writerow((at.isoformat(), "G1", port, f"139{number:08}", f"【{signature}】您的订单{number}已发货"))
    (outcome,) = traffic.ingest(SYSTEM, [path])
    assert outcome.accepted == outcome.read > 0


def recorded(since, until):
    """Records of somebody else on each of these days, listed and taken up: there were records, and nothing of ours."""
    days = [since + dt.timedelta(days=each) for each in range((until - since).days + 1)]
    files = [
        FactFile(kind="base", day=day, path=f"base/{day}", sha256="0" * 64, rows=1, messages=1, added_at=clock.now())
        for day in days
    ]
    with unit_of_work() as session:
        session.add_all(files)
        session.flush()
        session.add_all([SeenFile(fact_file=each.id) for each in files])


@pytest.fixture
def long_ago(app):
    """A company with a code, a signature and a permit, since `MONTHS_AGO` days."""
    with clock.frozen(made.days_ago(MONTHS_AGO)):
        company = made.enterprise("红帆短信服务有限公司", "sms_service_company").code
        made.port(company, signing="shared")
        made.signature(company, "红帆")
        permit = made.permit(company, company, "10690123", "红帆")
    return SimpleNamespace(company=company, permit=permit, began=clock.local_day(permit.valid_from))
