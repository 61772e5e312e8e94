"""Kills, leases and full disks: what was not committed is not there."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from registry.jobs.lease import lease
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Unavailable
from registry.store import db
from registry.traffic import queries, service
from registry.traffic.model import FactFile, IngestedFile
from tests.factories.traffic import PARTS, csv_file, part, row

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from registry.app import create_app
from registry.kernel.actor import SYSTEM
from registry.store import work
from registry.traffic import service
from tests.conftest import settings_of

url, data, file, when = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if when == "committing":
    work.before_commit(die)
with create_app(settings_of(url, Path(data))).app_context():
    service.ingest(SYSTEM, [Path(file)], progress=die if when == "counting" else lambda *_: None)
"""


def on_disk(settings):
    return {str(path.relative_to(settings.facts)) for path in settings.facts.rglob("*") if path.is_file()}


def listed():
    return set(db.session.scalars(db.select(FactFile.path)))


@pytest.mark.parametrize("when", ["counting", "committing"])
def test_a_killed_ingest_leaves_nothing_and_can_be_run_again(own_app: Flask, own_database, tmp_path, when):
    path = csv_file(tmp_path / "a.csv", [row(), part(1, "甲"), row(port="x")], PARTS)
    command = [sys.executable, "-c", CHILD, own_database.database_url, str(own_database.data), str(path), when]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=280)
    assert done.returncode == -signal.SIGKILL
    assert not db.session.scalars(db.select(IngestedFile)).all()
    assert not listed()
    db.session.rollback()
    assert on_disk(own_database)  # the killed run has left something that nobody lists
    outcome = service.ingest(SYSTEM, [path])[0]
    assert (outcome.already_ingested, outcome.messages, outcome.waiting, outcome.rejected) == (False, 1, 1, 1)
    assert on_disk(own_database) == listed()


def test_what_is_not_listed_is_swept_and_what_is_listed_stays(own_app, own_database, tmp_path):
    service.ingest(SYSTEM, [csv_file(tmp_path / "a.csv", [row()])])
    before = on_disk(own_database)
    (own_database.facts / "base" / "2026-05-01" / "stranger.parquet").write_bytes(b"x")
    (own_database.data / "rejects").mkdir(exist_ok=True)
    (own_database.data / "rejects" / "stranger.csv").write_bytes(b"x")
    service.ingest(SYSTEM, [csv_file(tmp_path / "a.csv", [row()])][:0])
    assert on_disk(own_database) == before
    assert not list((own_database.data / "rejects").iterdir())


def test_a_second_ingest_says_that_one_is_under_way(own_app, tmp_path):
    path = csv_file(tmp_path / "a.csv", [row()])
    with lease(service.LEASE), pytest.raises(Conflict) as refused:
        service.ingest(SYSTEM, [path], wait=0.2)
    assert refused.value.code == "busy"
    assert service.ingest(SYSTEM, [path])[0].messages == 1


def test_a_second_ingest_waits_for_the_first(own_app: Flask, tmp_path):
    path, found = csv_file(tmp_path / "a.csv", [row()]), []

    def second():
        with own_app.app_context():
            found.extend(service.ingest(SYSTEM, [path]))

    thread = threading.Thread(target=second)
    with lease(service.LEASE):
        thread.start()
        time.sleep(0.3)
        assert not found
    thread.join(60)
    assert found[0].messages == 1


def test_an_ingest_that_lost_its_lease_commits_nothing(own_app, own_database, tmp_path):
    path = csv_file(tmp_path / "a.csv", [row()])

    ours = db.text(  # not the leases of other workers' tests on the same server
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE 'lease%' AND datname = current_database()"
    )

    def lose(*_):
        db.session.execute(ours)
        db.session.rollback()

    with pytest.raises(Unavailable) as refused:
        service.ingest(SYSTEM, [path], progress=lose)
    assert refused.value.code == "lease_lost"
    assert not on_disk(own_database)
    assert queries.days() == []


@pytest.fixture
def small_disk(own_database):
    """The data folder on a disk of four megabytes."""
    own_database.data.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(own_database.data)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a disk of four megabytes")
    yield own_database.data
    subprocess.run(["umount", "-l", str(own_database.data)], check=True)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_full_disk_is_said_and_leaves_nothing(small_disk, own_app, own_database, tmp_path, form):
    texts = [os.urandom(300).hex() for _ in range(20_000)]
    rows = [row(content=f"【甲{text[:6]}】{text}") for text in texts]
    path = csv_file(tmp_path / "a.csv", rows)
    if form == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = tmp_path / "a.parquet"
        pq.write_table(pa.Table.from_pylist(rows), path)
    with pytest.raises(Unavailable) as refused:
        service.ingest(SYSTEM, [path])
    assert refused.value.code == "disk_full"
    assert not on_disk(own_database)
    assert queries.days() == []
    assert service.ingest(SYSTEM, [csv_file(tmp_path / "b.csv", [row()])])[0].messages == 1
