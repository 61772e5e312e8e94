"""Runs whose process is killed: whoever looks next says that they failed, and their window is judged again."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from registry.detection import judged, queries, service, tasks, windows
from registry.detection.model import RunState
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.settings import current
from registry.store import db
from tests.detection.test_findings import DAY, feed

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from registry.app import create_app
from registry.detection import engine
from tests.conftest import settings_of

url, data, *arguments = sys.argv[1:]
engine.apply = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
create_app(settings_of(url, Path(data))).test_cli_runner().invoke(args=arguments)
"""


@pytest.fixture
def killed(own_app, own_database, tmp_path):
    """A run of the command line that was killed while it applied a rule."""
    feed(tmp_path, ("丙商城", 3))
    db.session.remove()
    said = [own_database.database_url, str(own_database.data), "detection", "run", "--changed"]
    command = [sys.executable, "-c", CHILD, *said]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=280)
    assert done.returncode == -signal.SIGKILL
    [row] = queries.latest_runs(2)
    assert row.state is RunState.RUNNING
    db.session.rollback()
    return row.key


def state(key):
    db.session.rollback()
    row = queries.run(key)
    return row.state, row.error


def test_a_tick_says_that_a_killed_run_failed_and_has_its_window_judged(killed, own_app, monkeypatch):
    willing = replace(current(), judge_changed=True)
    monkeypatch.setitem(own_app.extensions, "registry-settings", willing)
    tasks.judge_what_changed()
    assert state(killed) == (RunState.FAILED, "killed")
    assert len(queries.latest_runs(2)) == 1  # what has just failed would fail again
    with clock.frozen(clock.now() + windows.PATIENCE):
        tasks.judge_what_changed()
    [again, _first] = queries.latest_runs(2)
    assert (again.state, again.from_day <= DAY <= again.to_day) == (RunState.RUNNING, True)
    service.carry_out(SYSTEM, again.key)
    assert (queries.run(again.key).state, judged.changed()) == (RunState.COMPLETE, {})


def test_who_asks_for_what_changed_has_the_window_of_a_killed_run_judged_at_once(killed):
    [key] = windows.order_changed(SYSTEM)
    assert state(killed) == (RunState.FAILED, "killed")
    assert state(key) == (RunState.RUNNING, "")


def test_a_new_run_says_that_a_killed_one_failed(killed):
    assert service.run(SYSTEM, DAY, DAY, ["S101"]).state is RunState.COMPLETE
    assert state(killed) == (RunState.FAILED, "killed")


def test_a_run_that_works_or_waits_for_the_worker_did_not_fail(own_app, tmp_path):
    feed(tmp_path, ("丙商城", 3))
    [waiting] = windows.order(SYSTEM, [(DAY, DAY)])
    seen = []

    def look(*_):
        service.end_broken_off(SYSTEM)
        seen.append({each.state for each in queries.latest_runs(2)})

    assert service.run(SYSTEM, DAY, DAY, ["S101"], look).state is RunState.COMPLETE
    assert seen == [{RunState.RUNNING}]
    assert state(waiting) == (RunState.RUNNING, "")


def test_a_job_that_is_given_again_after_its_run_was_given_up_is_carried_out(own_app, tmp_path):
    feed(tmp_path, ("丙商城", 3))
    key = service.order(SYSTEM, DAY, DAY)
    service.end_broken_off(SYSTEM)
    assert state(key) == (RunState.FAILED, "killed")
    service.carry_out(SYSTEM, key, ["S101"])
    assert state(key) == (RunState.COMPLETE, "")
