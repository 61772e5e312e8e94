"""Work is put into the queue with the change that asks for it, and done by the worker."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import time

import procrastinate
import pytest
import sqlalchemy as sa

from registry import jobs
from registry.detection import queries, windows
from registry.detection.model import RunState
from registry.jobs import periodic, tasks
from registry.jobs.lease import lease
from registry.jobs.queue import plain_url
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict
from registry.store import db, unit_of_work
from tests.conftest import settings_environment
from tests.detection.test_findings import DAY, feed

COUNT = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'detection.run'")
WORKERS = "OVERRIDING SYSTEM VALUE VALUES (7, now() - interval '1 hour'), (8, now())"
TAKEN = sa.text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker WHERE args ->> 'key' = :key")


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


def test_the_worker_does_what_was_ordered_two_windows_side_by_side(own_app, own_database, tmp_path):
    days = [DAY, DAY + dt.timedelta(days=1)]
    for day in days:
        feed(tmp_path, ("丙商城", 30), day=day, name=f"{day}")
    keys = windows.order(SYSTEM, [(day, day) for day in days])
    environment = {**os.environ, **settings_environment(own_database)}
    command = [sys.executable, "-c", "from registry.command import main; main()", "worker"]
    worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 240
        while any(queries.run(key).state is RunState.RUNNING for key in keys) and time.monotonic() < deadline:
            time.sleep(0.3)
            db.session.rollback()
        one, other = map(queries.run, keys)
        assert (one.error, other.error) == ("", "")
        assert (one.state, one.messages, other.state, other.messages) == (RunState.COMPLETE, 30) * 2
        assert max(one.started_at, other.started_at) < min(one.ended_at, other.ended_at)
        assert {each.day for found in queries.every_finding() for each in found.evidence} == set(days)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=60)


def test_a_killed_workers_jobs_are_given_back_and_those_of_one_that_lives_are_not(own_app, own_database):
    """Worker 7 was killed, 8 works, and the one that had M is not even listed any more."""
    with unit_of_work() as session:
        session.execute(sa.text(f"INSERT INTO procrastinate_workers {WORKERS}"))
        for key, worker in {"K": 7, "L": 8, "M": None}.items():
            jobs.enqueue("detection.run", key=key, rules=[])
            session.execute(TAKEN, {"key": key, "worker": worker})

    async def rescued() -> None:
        connector = procrastinate.PsycopgConnector(conninfo=plain_url(own_database.database_url))
        with jobs.queue.replace_connector(connector) as queue:
            async with queue.open_async():
                await tasks.rescue(0)

    asyncio.run(rescued())
    now = db.session.execute(sa.text("SELECT args ->> 'key', status FROM procrastinate_jobs")).all()
    assert dict(map(tuple, now)) == {"K": "todo", "L": "doing", "M": "todo"}
    assert jobs.in_hand("detection.run") == {"K", "L", "M"}


def test_a_lease_is_free_again_at_once_and_busy_meanwhile(app):
    for _ in range(30):
        with lease("thing"), pytest.raises(Conflict, match="under way"), lease("thing"):
            pass
