"""Work is put into the queue with the change that asks for it, and done by the worker."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from registry import jobs
from registry.app import create_app
from registry.detection import queries, service
from registry.detection.model import RunState
from registry.jobs import periodic
from registry.jobs.lease import lease
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict
from registry.store import db, unit_of_work
from tests.conftest import settings_environment

COUNT = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'detection.run'")


def test_a_job_waits_only_if_its_unit_of_work_is_committed(session):
    with pytest.raises(RuntimeError), unit_of_work():
        jobs.enqueue("detection.run", key="K", rules=[])
        raise RuntimeError
    assert session.scalar(COUNT) == 0
    with unit_of_work():
        assert jobs.enqueue("detection.run", key="K", rules=[])
    assert session.scalar(COUNT) == 1


def test_what_waits_once_is_not_put_there_twice_and_does_not_spoil_the_commit(session):
    with unit_of_work():
        assert jobs.enqueue("detection.run", once="K", key="K", rules=[])
        assert not jobs.enqueue("detection.run", once="K", key="K", rules=[])
    assert session.scalar(COUNT) == 1


def test_one_room_that_fails_does_not_keep_the_others_from_theirs(app, monkeypatch, capsys):
    done = []

    def fails() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(periodic, "_due", [fails, lambda: done.append(1)])
    periodic.tick()
    assert done == [1]


def test_the_worker_does_what_was_ordered(own_database):
    app = create_app(own_database)
    with app.app_context():
        with unit_of_work():
            key = service.order(SYSTEM, dt.date(2026, 11, 1), dt.date(2026, 11, 2))
            jobs.enqueue("detection.run", key=key, rules=[])
        environment = {**os.environ, **settings_environment(own_database)}
        command = [sys.executable, "-c", "from registry.command import main; main()", "worker"]
        worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 240
            while queries.run(key).state is RunState.RUNNING and time.monotonic() < deadline:
                time.sleep(0.3)
                db.session.rollback()
            assert queries.run(key).state is RunState.COMPLETE
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=60)
        db.session.remove()
        db.engine.dispose()


def test_a_lease_is_free_again_at_once_and_busy_meanwhile(app):
    for _ in range(30):
        with lease("thing"), pytest.raises(Conflict, match="under way"), lease("thing"):
            pass
