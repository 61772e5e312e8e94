"""Approved and works are two things: each reported row has its result, the same again changes nothing."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.audit import queries as audit
from registry.gateway import queries, service
from registry.gateway.model import Activation, CarrierFiling
from registry.gateway.values import Reported
from registry.gateway.workflow import ActivationState
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, NotFound
from registry.notices.model import Notice
from registry.store import db
from tests.conftest import actor
from tests.factories import registered as made

GATEWAY = actor("gateway", name="key:gw")


def permitted():
    """A permit of a company on its own port."""
    company = made.enterprise("红帆短信服务有限公司", "sms_service_company").code
    made.port(company)
    made.signature(company, "红帆")
    return made.permit(company, company, "10690123", "红帆")


@pytest.fixture
def permit(app):
    for key in ("gw-1", "gw-2"):
        service.open_gateway(SYSTEM, key)
    return permitted()


def events(session):
    return list(
        session.scalars(sa.select(Notice.event).where(Notice.event.startswith("activation")).order_by(Notice.key))
    )


def test_an_approved_permit_is_pending_until_a_gateway_says_more(permit):
    works = queries.works(permit.key)
    assert (works.active, works.of) == (0, 2)
    assert {each.state for each in works.items} == {ActivationState.PENDING}


def test_what_a_gateway_reports_is_shown_with_its_raw_code_and_told(session, permit):
    service.report(GATEWAY, "gw-1", [Reported(permit.key, "active")])
    service.report(GATEWAY, "gw-2", [Reported(permit.key, "failed", "EXT_CODE_RECYCLE")])
    works = queries.works(permit.key)
    assert [(each.gateway, each.state, each.code) for each in works.items] == [
        ("gw-1", "active", ""),
        ("gw-2", "failed", "EXT_CODE_RECYCLE"),
    ]
    assert (works.active, works.of) == (1, 2)
    assert events(session) == ["activation.failed"]
    service.report(GATEWAY, "gw-2", [Reported(permit.key, "active")])
    service.report(GATEWAY, "gw-2", [Reported(permit.key, "withdrawn")])
    service.report(GATEWAY, "gw-2", [Reported(permit.key, "active")])
    assert events(session) == ["activation.failed", "activation.complete"]


def test_the_same_report_again_changes_nothing(session, permit):
    rows = [Reported(permit.key, "active", "OK")]
    assert [each.outcome for each in service.report(GATEWAY, "gw-1", rows)] == ["changed"]
    assert [each.outcome for each in service.report(GATEWAY, "gw-1", rows)] == ["unchanged"]
    assert len(queries.history(Activation, permit.key)) == 1
    assert len(audit.history("gateway", "gw-1")) == 2, "opened, and one report"


def test_every_row_of_a_bulk_has_a_result_of_its_own(permit):
    later = clock.now() + dt.timedelta(hours=1)
    before = clock.now() - dt.timedelta(days=1)
    service.report(GATEWAY, "gw-1", [Reported(permit.key, "active")])
    rows = [
        Reported("PMT-NONE", "active"),
        Reported(permit.key, "failed", at=before),
        Reported(permit.key, "failed", at=later),
        Reported(permit.key, "withdrawn"),
    ]
    results = service.report(GATEWAY, "gw-1", rows)
    assert [(each.outcome, each.state) for each in results] == [
        ("no_such_permit", ""),
        ("older", "active"),
        ("in_future", "active"),
        ("changed", "withdrawn"),
    ]


def test_what_was_reported_before_stays_on_record(permit):
    for state in ("active", "failed", "active"):
        service.report(GATEWAY, "gw-1", [Reported(permit.key, state)])
    kept = queries.history(Activation, permit.key)
    assert [each.state for each in kept] == ["active", "failed", "active"]
    assert [each.replaced_at is None for each in kept] == [False, False, True]


def test_a_closed_gateway_counts_no_more(permit):
    service.report(GATEWAY, "gw-1", [Reported(permit.key, "active")])
    service.close_gateway(SYSTEM, "gw-2")
    works = queries.works(permit.key)
    assert (works.active, works.of) == (1, 1)
    with pytest.raises(Conflict):
        service.close_gateway(SYSTEM, "gw-2")


def test_filings_at_other_carriers_are_kept_beside(permit):
    service.report_carrier(
        actor("reviewer"), "carrier-b", [Reported(permit.key, "filed_to_verify", "QUALIFICATION_ERROR")]
    )
    works = queries.works(permit.key)
    assert [(each.place, each.state, each.code) for each in works.carriers] == [
        ("carrier-b", "filed_to_verify", "QUALIFICATION_ERROR")
    ]
    assert works.active == 0
    assert len(queries.history(CarrierFiling, permit.key)) == 1


def test_who_may_not_report_does_not(permit):
    with pytest.raises(Forbidden):
        service.report(actor("auditor"), "gw-1", [Reported(permit.key, "active")])
    with pytest.raises(NotFound):
        service.report(GATEWAY, "gw-9", [Reported(permit.key, "active")])


def test_a_gateway_reports_over_http_and_the_company_reads_it(caller, permit):
    body = {"gateway": "gw-1", "items": [{"permit": permit.key, "state": "active", "code": "0"}]}
    answer = caller("gateway").post("/api/v1/activations", json=body)
    assert answer.get_json() == {"items": [{"permit": permit.key, "outcome": "changed", "state": "active"}]}
    company = caller("company_key", enterprise=permit.user)
    read = company.get(f"/api/v1/permits/{permit.key}/activations").get_json()
    assert (read["active"], read["of"]) == (1, 2)
    assert company.get("/api/v1/activations").get_json()["items"][0]["gateway"] == "gw-1"
    stranger = caller("company_key", enterprise=made.enterprise("路人有限公司").code)
    assert stranger.get(f"/api/v1/permits/{permit.key}/activations").status_code == 404
    assert stranger.get("/api/v1/activations").get_json()["items"] == []


def test_a_bulk_takes_no_more_queries_for_many_permits_than_for_two(session, permit):
    texts, said = [f"红帆{each}" for each in range(20)], []
    for text in texts:
        made.signature(permit.user, text)
    keys = [made.permit(permit.user, permit.user, "10690123", text).key for text in texts]

    def note(_connection, _cursor, statement, *_rest):
        if "SAVEPOINT" not in statement:
            said.append(statement)

    sa.event.listen(db.session.connection(), "before_cursor_execute", note)

    def count(state, some):
        said.clear()
        service.report(GATEWAY, "gw-1", [Reported(key, state, "E1") for key in some])
        return len(said)

    count("active", keys)
    assert count("failed", keys[:2]) == count("failed", keys[2:])


def test_two_gateways_workers_at_once_leave_one_report_that_holds(own_database):
    app = create_app(own_database)
    with app.app_context():
        service.open_gateway(SYSTEM, "gw-1")
        key = permitted().key
        db.session.remove()
    outcomes, start = [], threading.Barrier(8)

    def work():
        with app.app_context():
            start.wait()
            outcomes.append(service.report(GATEWAY, "gw-1", [Reported(key, "active")])[0].outcome)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with app.app_context():
        assert sorted(outcomes) == ["changed"] + ["unchanged"] * 7
        assert len(queries.history(Activation, key)) == 1
        db.session.remove()
        db.engine.dispose()
