"""The demo: a whole registry at work, filled once and completed when it broke off."""

import datetime as dt
import stat
from dataclasses import replace

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.audit.model import AuditEvent
from registry.detection.model import Finding
from registry.enterprises.model import Enterprise
from registry.filings.model import Filing
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict
from registry.lookback.model import Plan
from registry.simulation import demo
from registry.simulation.settings import Settings
from registry.store import db
from registry.traffic import queries as traffic
from registry.traffic import service as traffic_service

SMALL = Settings(enterprises=60, ports=60, signatures=120, messages_per_day=400)


@pytest.fixture
def database(own_database):
    app = create_app(own_database)
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def states():
    return set(db.session.scalars(sa.select(Filing.state)))


def silent(_what):
    pass


def actions():
    query = sa.select(AuditEvent.action).where(AuditEvent.subject_kind == "demo").order_by(AuditEvent.number)
    return db.session.scalars(query).all()


@pytest.mark.slow
def test_a_demo_has_companies_records_findings_and_log_ins_and_is_filled_once(database):
    filled = demo.fill(SYSTEM, SMALL, silent)
    before = count(Enterprise), count(Finding)
    assert min(before) > 0
    assert len(filled.logins.read_text(encoding="utf-8").splitlines()) == 5
    assert {"submitted", "returned", "awaiting_second", "draft"} <= states()
    assert count(Plan) == 1
    assert stat.S_IMODE(filled.logins.stat().st_mode) == 0o600
    yesterday = clock.today() - dt.timedelta(days=1)
    assert filled.settings.calendar[-1] == yesterday
    assert max(day for day, _ in traffic.days()) < yesterday
    assert traffic_service.ingest(SYSTEM, sorted(filled.records.iterdir()))
    assert max(day for day, _ in traffic.days()) == yesterday
    assert demo.fill(SYSTEM, replace(SMALL, seed=9), silent).already
    assert (count(Enterprise), count(Finding)) == before


@pytest.mark.slow
def test_a_demo_that_broke_off_is_completed_with_the_world_it_began_with(database):
    def breaks(what):
        if what == "gateway records":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.fill(SYSTEM, SMALL, breaks)
    db.session.rollback()
    assert actions() == ["demo.begun"]
    enterprises = count(Enterprise)
    filled = demo.fill(SYSTEM, replace(SMALL, seed=9), silent)
    assert (filled.settings.seed, count(Enterprise), actions()) == (1, enterprises, ["demo.begun", "demo.filled"])


def test_a_registry_that_holds_something_is_left_as_it_is(database):
    db.session.execute(
        sa.insert(Enterprise).values(
            code="REG-US:1", name="Acme", roles=[], legal_form="foreign", recorded_at=sa.func.now()
        )
    )
    db.session.commit()
    with pytest.raises(Conflict):
        demo.fill(SYSTEM, SMALL, silent)
    assert (count(Enterprise), actions()) == (1, [])
