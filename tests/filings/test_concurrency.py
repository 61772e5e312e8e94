"""Many at once, with real commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.audit import queries as audit
from registry.audit.model import AuditEvent
from registry.changes.model import Change
from registry.filings import service
from registry.filings.batch import queries as batches
from registry.filings.batch import service as batch
from registry.filings.model import Decision, Filing
from registry.filings.workflow import State
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, NotFound, Problem
from registry.ports import service as ports
from registry.ports.model import Port
from registry.ports.values import DelegationValues, PortValues
from registry.store import db
from tests.conftest import actor
from tests.factories import registered as made


@pytest.fixture
def own_app(own_database):
    app = create_app(own_database)
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(app, actions, threads=8):
    def run(action):
        with app.app_context():
            try:
                return action()
            except Problem as problem:
                return problem.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(threads) as pool:
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


def test_opposite_hops_approved_at_once_close_no_loop(own_app):
    with own_app.app_context():
        holder, *pairs = [
            made.enterprise("红帆短信服务有限公司", "sms_service_company", "agent", licence="B2-1").code
            for _ in range(9)
        ]
        made.port(holder, "10690123")
        for agent in pairs:
            ports.delegate(SYSTEM, DelegationValues("10690123", holder, agent, "agent"))
        keys = [key for one, other in batched(pairs) for key in (proposed(one, other), proposed(other, one))]
        db.session.remove()
    told = at_once(own_app, [lambda key=key: approved(key) for key in keys], len(keys))
    assert [told[at : at + 2].count(State.APPROVED) for at in range(0, len(told), 2)] == [1] * (len(pairs) // 2)


def approved(key):
    return service.approve(made.reviewer("li"), key, comment="seen, with its contract on paper").state


def batched(parties):
    return zip(parties[::2], parties[1::2], strict=True)


def proposed(giver, taker):
    """A hop that its taker has accepted and a reviewer has taken on."""
    values = DelegationValues("10690123", giver, taker, "agent")
    key = service.file(actor("company", name="wu", enterprise=giver), values, submit=True).key
    service.accept(actor("company", name="xu", enterprise=taker), key)
    service.claim(made.reviewer("li"), key)
    return key


FILINGS, REVIEWERS = 50, 20


def test_twenty_reviewers_on_fifty_filings_decide_each_once_and_lose_no_event(own_app):
    with own_app.app_context():
        company = made.enterprise("红帆短信服务有限公司", "sms_service_company", licence="B2-1").code
        by_company = actor("company", name="wu", enterprise=company)
        keys = [
            service.file(by_company, PortValues(f"106901{n:03d}", company, "service"), submit=True).key
            for n in range(FILINGS)
        ]
    reviewers = [made.reviewer(f"reviewer-{n}") for n in range(REVIEWERS)]
    done = [
        pair
        for each in at_once(own_app, [lambda who=who: worked(who) for who in reviewers], REVIEWERS)
        for pair in each
    ]
    assert sorted(key for key, _who, _verdict in done) == sorted(keys)
    with own_app.app_context():
        decisions = db.session.execute(sa.select(Filing.key, Decision.by, Decision.verdict).join(Decision)).all()
        assert sorted(map(tuple, decisions)) == sorted(done)
        approved = [key for key, _who, verdict in done if verdict == "approve"]
        assert 0 < len(approved) < FILINGS
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Port)) == len(approved)
        opened = sa.select(sa.func.count()).select_from(Change).where(Change.kind == "port")
        assert db.session.scalar(opened) == len(approved)
        assert acts("filing.claim") == FILINGS
        assert acts("filing.return") == FILINGS - len(approved)
        assert acts("port.opened") == len(approved)
        assert audit.verify() is None


def worked(who):
    """One reviewer takes the next one until nothing waits; every third is sent back, and all try to meddle."""
    done = []
    while True:
        try:
            filing = service.claim_next(who)
        except NotFound:
            return done
        verdict = "return" if int(filing.content["port"]) % 3 == 0 else "approve"
        others_try(who, filing.key)
        if verdict == "approve":
            service.approve(who, filing.key, comment="核对无误")
        else:
            service.send_back(who, filing.key, reasons=[{"code": "PURPOSE_UNCLEAR"}])
        done.append((filing.key, who.name, verdict))
        db.session.remove()


def others_try(who, key):
    """Somebody else decides on the same filing at the same time, and is told why not."""
    other = made.reviewer(f"not-{who.name}")
    with pytest.raises((Forbidden, Conflict)):
        service.approve(other, key, comment="抢先")


def acts(action):
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent).where(AuditEvent.action == action))


def test_of_two_batches_over_the_same_filings_each_filing_is_decided_once(own_app):
    with own_app.app_context():
        company = made.enterprise("红帆短信服务有限公司", "sms_service_company", licence="B2-20200001").code
        made.port(company)
        by_company = actor("company", name="wu", enterprise=company)
        asked = [PortValues(f"106901232{n}", company, "service") for n in range(8)]
        keys = [service.file(by_company, each, submit=True).key for each in asked]
        reviewers = [made.reviewer(name) for name in ("li", "wang")]
        drawn = [(person, batch.draw(person, keys)) for person in reviewers]
        for person, one in drawn:
            for each in one.sample:
                batch.look(person, one.key, each)
        named = [(person, one.key) for person, one in drawn]
    twice = [*named, *named]  # and each is sent twice
    done = at_once(own_app, [lambda person=person, key=key: batch.decide(person, key).key for person, key in twice])
    assert {key for _person, key in named} <= set(done)
    with own_app.app_context():
        told = [batches.find(key) for _person, key in named]
        assert sorted(each for one in told for each in one.decided) == sorted(keys)
        assert all(len(one.decided) + len(one.left_out) == len(keys) for one in told)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == len(keys)
        assert set(db.session.scalars(sa.select(Filing.state))) == {State.APPROVED}
        assert audit.verify() is None
