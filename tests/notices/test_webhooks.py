"""Webhooks: signed, retried, given up, sent once more, and never to places inside."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import time

import pytest
import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.notices import policy, queries, sending, service
from registry.notices.model import Delivery
from registry.notices.workflow import DeliveryState
from tests.conftest import actor
from tests.factories import registered

ALL = PageRequest("", 1000)
WAITING_JOBS = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notices.deliver'")


@pytest.fixture
def boss(company):
    return actor("company", name="wu", enterprise=company)


@pytest.fixture
def opened(receiver, boss, setting):
    """An endpoint of the company at the receiver, with its secret."""
    setting(webhooks_private=True)
    return service.open_endpoint(boss, receiver.url, topics=["filing"])


def one_delivery(session):
    service.spread()
    return session.scalars(sa.select(Delivery)).one()


def verified(secret, head, body):
    """As a receiver checks it, from the specification alone."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join([head["webhook-id"].encode(), head["webhook-timestamp"].encode(), body])
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return expected in head["webhook-signature"].split()


def test_a_webhook_arrives_signed_with_the_full_reason(session, opened, receiver, tell, company):
    tell(company)
    delivery = one_delivery(session)
    assert service.deliver(delivery.key)
    head, body = receiver.received[0]
    assert verified(opened[1], head, body)
    assert abs(int(head["webhook-timestamp"]) - time.time()) < 60
    said = json.loads(body)
    assert said["type"] == "filing.returned"
    assert said["data"]["subject"] == {"kind": "filing", "key": "FLG-1"}
    assert said["data"]["reasons"][0]["fix"] == {"zh": "更正名称", "en": "correct the name"}
    assert (delivery.state, delivery.attempts[0].status) == (DeliveryState.DELIVERED, 204)
    assert not service.deliver(delivery.key), "what has arrived is not sent again"


def test_nothing_is_spread_twice(session, opened, tell, company):
    tell(company)
    assert (service.spread(), service.spread()) == (1, 0)
    assert session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 1
    assert session.scalar(WAITING_JOBS) == 1


def test_an_endpoint_hears_only_of_its_topics_and_its_company(session, opened, tell, company):
    tell(company, event="measure.lifted")
    tell(registered.enterprise("路人有限公司", "end_user").code)
    service.spread()
    assert session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 0


def test_what_fails_is_tried_again_later_under_the_same_id_and_given_up_in_the_end(
    session, opened, receiver, tell, company
):
    receiver.answers = [500] * (len(policy.RETRIES) + 1)
    tell(company)
    delivery, now = one_delivery(session), clock.now()
    for wait in (0, *policy.RETRIES):
        now += dt.timedelta(seconds=wait)
        with clock.frozen(now - dt.timedelta(seconds=1)):
            assert not service.deliver(delivery.key) or wait == 0
        with clock.frozen(now):
            service.deliver(delivery.key)
    assert delivery.state is DeliveryState.GIVEN_UP
    assert [each.status for each in delivery.attempts] == [500] * (len(policy.RETRIES) + 1)
    assert {head["webhook-id"] for head, _body in receiver.received} == {delivery.notice.key}
    assert len({body for _head, body in receiver.received}) == 1


def test_a_redirect_is_a_failure_and_is_not_followed(session, opened, receiver, tell, company):
    receiver.answers = [302]
    tell(company)
    delivery = one_delivery(session)
    service.deliver(delivery.key)
    assert len(receiver.received) == 1
    assert (delivery.state, delivery.attempts[0].status) == (DeliveryState.WAITING, 302)


def test_a_receiver_that_says_gone_is_not_asked_again(session, opened, receiver, tell, company):
    receiver.answers = [410]
    tell(company)
    delivery = one_delivery(session)
    service.deliver(delivery.key)
    assert delivery.state is DeliveryState.GIVEN_UP


def test_a_receiver_that_drips_is_cut_off_in_time(session, opened, receiver, tell, company, monkeypatch):
    monkeypatch.setattr(sending, "ALTOGETHER", 0.3)
    receiver.drips = True
    tell(company)
    delivery, started = one_delivery(session), time.monotonic()
    service.deliver(delivery.key)
    assert time.monotonic() - started < 8  # it would drip for ten seconds
    assert not delivery.attempts[0].arrived
    assert delivery.state is DeliveryState.WAITING


def test_a_name_that_leads_inside_is_refused_when_it_is_sent_to(session, opened, receiver, tell, company, setting):
    setting(webhooks_private=False)
    tell(company)
    delivery = one_delivery(session)
    service.deliver(delivery.key)
    assert receiver.received == []
    assert delivery.state is DeliveryState.GIVEN_UP
    assert "private" in delivery.attempts[0].said


def test_after_a_rotation_both_secrets_sign_for_a_day(session, opened, receiver, tell, company, boss):
    endpoint, old = opened
    _endpoint, new = service.rotate_secret(boss, endpoint.key)
    tell(company)
    service.deliver(one_delivery(session).key)
    assert all(verified(secret, *receiver.received[0]) for secret in (old, new))
    with clock.frozen(clock.now() + policy.ROTATION):
        service.replay(boss, one_delivery(session).key)
        service.deliver(one_delivery(session).key)
    assert not verified(old, *receiver.received[1])
    assert verified(new, *receiver.received[1])


def test_a_replay_sends_what_has_ended_once_more_and_is_audited(session, opened, receiver, tell, company, boss):
    tell(company)
    delivery = one_delivery(session)
    with pytest.raises(Conflict):
        service.replay(boss, delivery.key)
    service.deliver(delivery.key)
    service.replay(boss, delivery.key)
    service.deliver(delivery.key)
    assert [head["webhook-id"] for head, _ in receiver.received] == [delivery.notice.key] * 2
    assert len(queries.delivery(boss, delivery.key).attempts) == 2
    told = sa.text("SELECT count(*) FROM audit_event WHERE action = 'delivery.replayed'")
    assert session.scalar(told) == 1


def test_to_a_closed_endpoint_nothing_is_sent_any_more(session, opened, receiver, tell, company, boss):
    tell(company)
    delivery = one_delivery(session)
    service.close_endpoint(boss, opened[0].key)
    service.deliver(delivery.key)
    assert (receiver.received, delivery.state) == ([], DeliveryState.GIVEN_UP)
    tell(company)
    service.spread()
    assert session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 1


def test_a_delivery_whose_worker_was_killed_is_taken_up_again(session, opened, receiver, tell, company):
    tell(company)
    delivery = one_delivery(session)
    session.execute(sa.text("DELETE FROM procrastinate_jobs"))
    assert service.take_up(SYSTEM) == 0
    with clock.frozen(clock.now() + dt.timedelta(minutes=3)):
        assert service.take_up(SYSTEM) == 1
        assert service.take_up(SYSTEM) == 0, "a job waits for it already"
        assert service.deliver(delivery.key)
    assert delivery.state is DeliveryState.DELIVERED


def test_the_secret_is_shown_once_and_kept_encrypted(session, opened):
    kept = session.scalar(sa.text("SELECT secret FROM webhook_endpoint"))
    assert opened[1] not in kept
    assert opened[1].removeprefix("whsec_") not in session.scalar(
        sa.text("SELECT string_agg(after::text, '') FROM audit_event")
    )


def test_a_private_address_and_an_unknown_topic_are_refused_field_by_field(boss):
    with pytest.raises(Invalid) as refusal:
        service.open_endpoint(boss, "http://127.0.0.1/x", topics=["gossip"])
    assert [(each.field, each.code) for each in refusal.value.fields] == [
        ("url", "url_private"),
        ("topics", "unknown_topic"),
    ]


def test_another_companys_endpoint_is_not_there(opened):
    stranger = actor("company", name="lu", enterprise=registered.enterprise("路人有限公司", "end_user").code)
    for do in (service.rotate_secret, service.close_endpoint):
        with pytest.raises(NotFound):
            do(stranger, opened[0].key)
    assert queries.endpoints(stranger, ALL).items == []
