"""A request that comes twice under one key happens once: in parallel, after a failure, and for two callers."""

import threading
from collections import Counter

import pytest
import sqlalchemy as sa

from registry.accounts import service as accounts
from registry.app import create_app
from registry.audit import queries as trail
from registry.audit.model import AuditEvent
from registry.enterprises.model import Enterprise
from registry.kernel.actor import SYSTEM
from registry.store import db
from tests.factories import registered

AT_ONCE = 8
PATH = "/api/v1/enterprises"


@pytest.fixture
def service(own_database):
    """An application that really commits, and two callers' keys."""
    app = create_app(own_database)
    with app.app_context():
        keys = [accounts.open_key(SYSTEM, name, ["supervisor"])[1] for name in ("one", "other")]
        db.session.remove()
    yield app, *keys
    with app.app_context():
        db.engine.dispose()


def _ask(app, key: str, once: str, **body):
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    return app.test_client().post(PATH, json={"name": "丙科技有限公司"} | body, headers=headers)


def _at_once(*asks):
    """Answers of requests that are let go at one moment, each in a thread of its own."""
    gate, answers = threading.Barrier(len(asks)), []

    def go(ask) -> None:
        gate.wait()
        answers.append(ask())

    threads = [threading.Thread(target=go, args=(ask,)) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _kept(app) -> tuple[int, int]:
    with app.app_context():
        enterprises = db.session.scalar(sa.select(sa.func.count()).select_from(Enterprise))
        events = sa.select(sa.func.count()).where(AuditEvent.action.startswith("enterprise."))
        assert trail.verify() is None
        counted = enterprises, db.session.scalar(events)
        db.session.remove()
    return counted


def test_the_same_key_in_parallel_has_one_effect_and_one_answer(service):
    app, key, _other = service
    code = registered.code()
    answers = _at_once(*[lambda: _ask(app, key, "K-1", code=code)] * AT_ONCE)
    assert [answer.status_code for answer in answers] == [201] * AT_ONCE
    assert len({answer.data for answer in answers}) == 1
    assert Counter(answer.headers.get("Idempotent-Replay") for answer in answers) == {None: 1, "true": AT_ONCE - 1}
    assert _kept(app) == (1, 1)


def test_without_a_key_the_second_of_two_is_a_conflict(service):
    app, key, _other = service
    code = registered.code()
    answers = _at_once(*[lambda n=n: _ask(app, key, f"K-{n}", code=code) for n in range(2)])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert _kept(app) == (1, 1)


def test_a_key_belongs_to_its_caller(service):
    app, key, other = service
    codes = registered.code(), registered.code()
    answers = _at_once(lambda: _ask(app, key, "K-1", code=codes[0]), lambda: _ask(app, other, "K-1", code=codes[1]))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {answer.get_json()["code"] for answer in answers} == set(codes)
    assert _kept(app) == (2, 2)


def test_the_same_key_for_another_request_is_refused(service):
    app, key, _other = service
    assert _ask(app, key, "K-1", code=registered.code()).status_code == 201
    answer = _ask(app, key, "K-1", code=registered.code())
    assert (answer.status_code, answer.get_json()["code"]) == (409, "idempotency_key_reused")
    assert _kept(app) == (1, 1)


def test_what_failed_may_be_mended_and_sent_again_under_its_key(service):
    app, key, _other = service
    assert _ask(app, key, "K-1", code="no code").status_code == 422
    assert _ask(app, key, "K-1", code=registered.code()).status_code == 201
    assert _kept(app) == (1, 1)


def test_a_secret_is_not_kept_to_be_told_twice(service):
    app, _key, _other = service
    with app.app_context():
        administrator = accounts.open_key(SYSTEM, "admin", ["administrator"])[1]
        db.session.remove()
    headers = {"Authorization": f"Bearer {administrator}", "Idempotency-Key": "K-1"}
    body = {"name": "网关", "roles": ["gateway"]}
    first, second = (app.test_client().post("/api/v1/api-keys", json=body, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 409)
    assert first.get_json()["key"] not in second.text
