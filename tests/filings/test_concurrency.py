"""Many at once, with real commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.audit import queries as audit
from registry.changes.model import Change
from registry.filings import service
from registry.filings.model import Filing
from registry.filings.workflow import State
from registry.kernel.errors import Problem
from registry.ports.model import Port
from registry.ports.values import PortValues
from registry.store import db
from tests.conftest import actor
from tests.factories import registered as made


@pytest.fixture
def own_app(own_database):
    app = create_app(own_database)
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(app, actions):
    def run(action):
        with app.app_context():
            try:
                return action()
            except Problem as problem:
                return problem.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, actions))


def test_of_many_reviewers_on_the_same_filings_one_wins_each_and_no_event_is_lost(own_app):
    with own_app.app_context():
        company = made.enterprise("红帆短信服务有限公司", "sms_service_company", licence="B2-1").code
        by_company = actor("company", name="wu", enterprise=company)
        keys = [
            service.file(by_company, PortValues(f"1069012{n}", company, "service"), submit=True).key for n in range(5)
        ]
        versions = dict(tuple(row) for row in db.session.execute(sa.select(Filing.key, Filing.version)))
    reviewers = [made.reviewer(f"reviewer-{n}") for n in range(6)]

    claims = [
        lambda person=person, key=key: service.claim(person, key, version=versions[key]).claimed_by
        for key in keys
        for person in reviewers
    ]
    claimed = at_once(own_app, claims)
    assert claimed.count("stale") == len(claims) - len(keys)

    approvals = [
        lambda person=person, key=key: service.approve(person, key).state for key in keys for person in reviewers
    ]
    told = at_once(own_app, approvals)
    assert told.count(State.APPROVED) == len(keys)
    assert set(told) <= {State.APPROVED, "guarded", "wrong_state"}
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Port)) == len(keys)
        opened = sa.select(sa.func.count()).select_from(Change).where(Change.kind == "port")
        assert db.session.scalar(opened) == len(keys)
        assert audit.verify() is None
        db.session.remove()


def test_the_same_reference_at_once_makes_one_filing(own_app):
    with own_app.app_context():
        company = made.enterprise("红帆短信服务有限公司", "sms_service_company", licence="B2-1").code
    by_company = actor("company", name="wu", enterprise=company)
    values = PortValues("10690123", company, "service")
    filed = at_once(own_app, [lambda: service.file(by_company, values, reference_id="one").key] * 12)
    assert len(set(filed)) == 1
