"""A database that says nothing for twenty seconds: a clear answer in bounded time, nothing lost, and work goes on."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from registry.accounts import service as accounts
from registry.app import create_app
from registry.audit import queries as trail
from registry.http.problem import CONTENT_TYPE
from registry.kernel.actor import SYSTEM
from registry.store import db, patience
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade
from tests.conftest import AS_SERVED, settings_of
from tests.factories import registered

GONE = 20.0  # seconds
BOUND = 19.0  # seconds until an answer, whatever the answer is


@pytest.fixture
def own_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Flask, Path, str]]:
    """An application over a server of its own, the server's folder, and a reviewer's key."""
    monkeypatch.setattr(patience, "FOR_AN_ANSWER", AS_SERVED)
    folder = tmp_path / "postgres"
    with EmbeddedPostgres(folder, durable=False) as postgres:
        app = create_app(settings_of(postgres.url, tmp_path / "data"))
        with app.app_context():
            upgrade()
            _key, text = accounts.open_key(SYSTEM, "test", ["supervisor"])
            db.session.remove()
        try:
            yield app, folder, text
        finally:
            with app.app_context():
                db.engine.dispose()


def _processes(folder: Path) -> list[int]:
    """The server's processes: all that stand in its folder."""
    place = next(folder.rglob("PG_VERSION")).parent
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").samefile(place):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _tell(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        os.kill(process, what)


def _asked(app: Flask, key: str, method: str, path: str, **arguments):
    began = time.monotonic()
    answer = app.test_client().open(path, method=method, headers={"Authorization": f"Bearer {key}"}, **arguments)
    return answer, time.monotonic() - began


@pytest.mark.slow
def test_a_database_that_is_gone_for_some_seconds_is_told_of_and_nothing_is_lost(own_server):
    app, folder, key = own_server
    kept, lost = registered.code(), registered.code()
    assert _register(app, key, kept)[0].status_code == 201

    processes = _processes(folder)
    assert processes
    answers = {}
    _tell(processes, signal.SIGSTOP)
    try:
        asked = [
            threading.Thread(target=lambda: answers.update(read=_asked(app, key, "GET", "/api/v1/enterprises"))),
            threading.Thread(target=lambda: answers.update(write=_register(app, key, lost))),
            threading.Thread(target=lambda: answers.update(ready=_asked(app, key, "GET", "/readyz"))),
            threading.Thread(target=lambda: answers.update(alive=_asked(app, key, "GET", "/healthz"))),
        ]
        for thread in asked:
            thread.start()
        time.sleep(GONE)
    finally:
        _tell(processes, signal.SIGCONT)
    for thread in asked:
        thread.join()

    assert answers.pop("alive")[0].status_code == 200
    for name, (answer, seconds) in answers.items():
        assert (name, answer.status_code, answer.content_type) == (name, 503, CONTENT_TYPE)
        assert answer.headers["Retry-After"] == "10"
        assert answer.get_json()["code"] == "database_unavailable"
        assert seconds < BOUND, name

    _works_again(app, key, kept, lost)


def _register(app: Flask, key: str, code: str):
    return _asked(app, key, "POST", "/api/v1/enterprises", json={"code": code, "name": "丙科技有限公司"})


def _works_again(app: Flask, key: str, kept: str, lost: str) -> None:
    listed = _asked(app, key, "GET", "/api/v1/enterprises")[0].get_json()["items"]
    assert [each["code"] for each in listed] == [kept]
    assert _register(app, key, lost)[0].status_code == 201
    assert _asked(app, key, "GET", "/readyz")[0].status_code == 200
    with app.app_context():
        assert trail.verify() is None
        assert db.session.scalar(sa.text("SELECT count(*) FROM enterprise")) == 2
        db.session.remove()
