"""`sms-registry lookback` as cron and people use it: real processes, real commits, killed and two at once."""

import base64
import csv
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.audit import queries as audit
from registry.jobs.lease import lease
from registry.kernel.actor import SYSTEM
from registry.lookback import queries
from registry.lookback.kinds import ItemState
from registry.lookback.model import Item, Step
from registry.store import db
from tests.conftest import KEY
from tests.factories.lookback import inherited_ports

MANY = 60
KEYS = ("REGISTRY_SECRET_KEY", "REGISTRY_ENCRYPTION_KEY", "REGISTRY_HASHING_KEY")


@pytest.fixture
def app(own_database):
    app = create_app(own_database)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["lookback", *map(str, arguments)])


@pytest.fixture
def planned(app, run):
    """Inherited ports, and a plan that is due."""
    with app.app_context():
        inherited_ports(MANY)
    made = run(
        "plan", "add", "inherited", "--cohort", "standing", "--value", "inherited", "--every", "12m", "--days", "0"
    )
    assert made.exit_code == 0, made.stderr
    return made


@contextmanager
def process(settings, *arguments):
    """The command in a process of its own."""
    kept = {name: base64.b64encode(KEY).decode() for name in KEYS}
    surroundings = os.environ | kept | {"DATABASE_URL": settings.database_url, "REGISTRY_DATA": str(settings.data)}
    command = [sys.executable, "-c", "from registry.command import main; main()", "lookback", *arguments]
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def concluded(app) -> int:
    with app.app_context():
        query = sa.select(sa.func.count()).select_from(Item).where(Item.state != ItemState.WAITING)
        return db.session.scalar(query)


def wait_until(true, seconds: float = 200) -> None:
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last, "it took too long"
        time.sleep(0.02)


def test_a_run_that_was_killed_goes_on_where_it_stopped(app, own_database, run, planned):
    with process(own_database, "run", "--due") as working:
        wait_until(lambda: concluded(app) >= 3)
        working.send_signal(signal.SIGKILL)
        working.wait()
    done = concluded(app)
    assert 3 <= done < MANY
    time.sleep(0.5)  # the server notices that the connection with the lease is gone
    again = run("run", "--due", "--format", "json")
    assert again.exit_code == 0, again.stderr
    [row] = json.loads(again.stdout)
    assert (row["items"], row["waiting"], row["passed"]) == (MANY, 0, MANY)
    with app.app_context():
        assert len(queries.latest_runs(SYSTEM)) == 1
        steps = sa.select(Step.item_id, sa.func.count()).group_by(Step.item_id)
        assert {count for _item, count in db.session.execute(steps)} == {1}
        assert audit.verify() is None


def test_two_at_once_one_works_and_the_other_says_so(app, own_database, run, planned):
    with process(own_database, "run", "inherited") as working:
        wait_until(lambda: concluded(app) >= 1)
        other = run("run", "--due")
        assert (other.exit_code, "under way in another process" in other.stderr) == (1, True)
        assert working.wait(60) == 0
    assert concluded(app) == MANY


def test_the_right_to_look_back_ends_with_its_connection(app):
    with app.app_context():
        for _ in range(2):
            with lease("look-back"):
                pass


def test_plans_runs_and_reports_from_the_command_line(run, planned, tmp_path):
    assert [row["name"] for row in json.loads(run("plan", "list", "--format", "json").stdout)] == ["inherited"]
    done = run("run", "inherited", "--format", "json")
    assert done.exit_code == 0, done.stderr
    key = json.loads(done.stdout)[0]["run"]
    assert key in run("status").stdout
    assert key in run("plan", "show", "inherited").stdout
    assert json.loads(run("status", key, "--format", "json").stdout)[0]["passed"] == MANY
    assert run("report", key, tmp_path / "run.csv").exit_code == 0
    with (tmp_path / "run.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == MANY
    assert run("report", key, "--format", "html", tmp_path / "page").exit_code == 0
    assert (tmp_path / "page").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("run", "--due").stdout.strip() == "no plan is due"


def test_what_could_not_be_checked_is_exit_code_one(run, planned):
    run("plan", "add", "with records", "--cohort", "standing", "--value", "inherited", "--days", "2", "--sample", "2")
    assert run("run", "with records").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("run", "x", "--due"),
        ("run", "nobody's plan"),
        ("status", "LBR-NONE"),
        ("report", "LBR-NONE", "run.csv"),
        ("report", "LBR-NONE", "run.pdf"),
        ("plan", "show", "nobody's plan"),
        ("plan", "add", "x", "--cohort", "moon"),
        ("plan", "add", "x", "--cohort", "port_prefix", "--value", "1069A"),
    ],
)
def test_wrong_use_is_exit_code_two(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2
