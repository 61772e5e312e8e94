"""The filing checks over what a bundle brought in."""

import os
import signal
import subprocess
import sys
import time

import sqlalchemy as sa

from registry.app import create_app
from registry.exchange import rechecking
from registry.exchange.service import import_bundle
from registry.filings.kinds import Kind
from registry.filings.model import EntryCheck
from registry.filings.queries import check_of_entry, checks_counted
from registry.kernel.actor import SYSTEM
from registry.store import db, unit_of_work
from tests.conftest import settings_environment
from tests.factories.exchange import bundle, write


def asked(session):
    query = "SELECT args FROM procrastinate_jobs WHERE task_name = 'exchange.recheck' ORDER BY id"
    return list(session.scalars(sa.text(query)))


def work_off(session):
    """What a worker would do, until nothing is asked for any more."""
    done = 0
    while len(jobs := asked(session)) > done:
        for each in jobs[done:]:
            rechecking.recheck(SYSTEM, **each)
        done = len(jobs)
    return done


def test_an_import_asks_for_the_checks_in_its_own_commit_and_a_dry_run_does_not(session, tmp_path):
    folder = write(tmp_path / "in", bundle())
    import_bundle(SYSTEM, folder, dry_run=True)
    assert asked(session) == []
    import_bundle(SYSTEM, folder)
    kinds = ["enterprise", "port", "delegation", "signature", "letter", "permit"]
    assert [each["kind"] for each in asked(session)] == kinds


def test_what_the_checks_say_is_kept_by_entry(session, tmp_path):
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    work_off(session)
    kept = check_of_entry(Kind.PERMIT, "P1")
    assert {each["code"] for each in kept.results}
    assert all(each["reason"]["zh"] and each["verdict"] != "pass" for each in kept.results)
    assert sum(row["entries"] for row in checks_counted() if row["kind"] == "enterprise") >= 5


def test_batches_follow_each_other_until_all_is_checked_and_a_second_round_adds_nothing(session, tmp_path, monkeypatch):
    monkeypatch.setattr(rechecking, "BATCH", 2)
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    assert work_off(session) > 6
    count = sa.select(sa.func.count()).select_from(EntryCheck).where(EntryCheck.entry_kind == "enterprise")
    assert session.scalar(count) == 5
    rechecking.recheck(SYSTEM, "enterprise", 0, 10**9)
    assert session.scalar(count) == 5


def test_the_worker_checks_batch_after_batch(own_database, tmp_path):
    app = create_app(own_database)
    with app.app_context():
        tables = bundle()
        tables["enterprises"] += [
            tables["enterprises"][-1] | {"enterprise": f"REG-US:N{number}"} for number in range(rechecking.BATCH)
        ]
        import_bundle(SYSTEM, write(tmp_path / "in", {"enterprises": tables["enterprises"]}))
        expected = len(tables["enterprises"])
        command = [sys.executable, "-c", "from registry.command import main; main()", "worker"]
        environment = {**os.environ, **settings_environment(own_database)}
        worker = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 240
            while (found := checked()) < expected and time.monotonic() < deadline:
                time.sleep(0.3)
            assert found == expected
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=60)
        db.session.remove()
        db.engine.dispose()


def checked():
    with unit_of_work() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(EntryCheck))
