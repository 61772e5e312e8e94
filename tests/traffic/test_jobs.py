"""Files that the worker takes in: ordered through every door, several at once, again after a kill."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from registry.jobs.lease import lease
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Invalid
from registry.store import db
from registry.traffic import queries, service
from registry.traffic.model import IngestState
from tests.factories.traffic import PARTS, csv_file, part, row

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import os, signal, sys
from pathlib import Path
from registry.app import create_app
from registry.kernel.actor import SYSTEM
from registry.traffic import service
from registry.traffic.service import ordering
from tests.conftest import settings_of

url, data, key = sys.argv[1:]
note = ordering._note
def die(key, **values):
    note(key, **values)
    os.kill(os.getpid(), signal.SIGKILL)
ordering._note = die
with create_app(settings_of(url, Path(data))).app_context():
    service.carry_out(SYSTEM, key)
"""


def test_a_file_that_lies_in_the_inbox_is_ordered_by_name_and_taken_in(app, caller):
    csv_file(service.inbox() / "a.csv", [row(), row(), row(port="x")])
    carrier = caller("supervisor")
    answer = carrier.post("/api/v1/ingests", json={"files": ["a.csv"], "gateway": "G7"})
    assert answer.status_code == 202
    [job] = answer.json["items"]
    assert (job["state"], job["name"]) == ("waiting", "a.csv")
    service.carry_out(SYSTEM, job["key"])
    done = carrier.get(f"/api/v1/ingests/{job['key']}").json
    assert (done["state"], done["done"], done["rows"]) == ("done", 3, 3)
    assert (done["outcome"]["messages"], done["outcome"]["rejected"]) == (2, 1)
    assert service.not_yet_ordered() == []


@pytest.mark.parametrize("name", ["nowhere.csv", "../a.csv", "/etc/passwd", ".."])
def test_only_what_lies_in_the_inbox_can_be_named(app, tmp_path, name):
    csv_file(service.inbox().parent / "a.csv", [row()])
    with pytest.raises(Invalid) as refused:
        service.lying([name])
    assert refused.value.code == "no_such_file"


def test_a_file_that_is_refused_says_why_in_its_job(app, tmp_path):
    [job] = service.order(SYSTEM, [csv_file(tmp_path / "b.csv", [row()], ("port",))])
    service.carry_out(SYSTEM, job.key)
    refused = queries.ingest(job.key)
    assert (refused.state, refused.outcome["refused"]["code"]) == (IngestState.REFUSED, "missing_column")


def test_the_command_line_leaves_files_to_the_worker_and_shows_how_far_they_are(app, tmp_path):
    path = csv_file(tmp_path / "a.csv", [row()])
    run = app.test_cli_runner()
    assert run.invoke(args=["traffic", "ingest", str(path), "--as-job"]).exit_code == 0
    [told] = json.loads(run.invoke(args=["traffic", "jobs", "--format", "json"]).stdout)
    assert (told["file"], told["state"]) == ("a.csv", "waiting")
    service.carry_out(SYSTEM, told["job"])
    [told] = json.loads(run.invoke(args=["traffic", "jobs", "--format", "json"]).stdout)
    assert (told["state"], told["done"], told["messages"]) == ("done", 1, 1)


def test_a_job_that_was_killed_while_it_counted_is_done_when_it_is_given_again(own_app, own_database, tmp_path):
    [job] = service.order(SYSTEM, [csv_file(tmp_path / "a.csv", [row()])])
    key = job.key
    db.session.remove()
    command = [sys.executable, "-c", CHILD, own_database.database_url, str(own_database.data), key]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=280)
    assert done.returncode == -signal.SIGKILL
    killed = queries.ingest(key)
    assert killed.state is IngestState.RUNNING
    assert killed.done > 0
    assert queries.days() == []
    db.session.remove()
    service.carry_out(SYSTEM, key)
    assert (queries.ingest(key).state, queries.days()[0][1]) == (IngestState.DONE, 1)


def side_by_side(app, paths):
    """Ingest each file in a thread of its own; all have counted before the first may commit."""
    counted, outcomes = threading.Barrier(len(paths) + 1, timeout=60), []

    def one(path):
        with app.app_context():
            outcomes.extend(service.ingest(SYSTEM, [path], progress=lambda *_: counted.wait()))
            db.session.remove()

    threads = [threading.Thread(target=one, args=[path]) for path in paths]
    with lease(service.LEASE):
        for thread in threads:
            thread.start()
        counted.wait()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_two_files_are_counted_at_the_same_time(own_app, tmp_path):
    paths = [csv_file(tmp_path / f"{each}.csv", [row()]) for each in "ab"]
    assert [each.messages for each in side_by_side(own_app, paths)] == [1, 1]
    assert queries.days()[0][1] == 2


def test_a_message_in_two_files_that_are_counted_at_the_same_time_counts_once(own_app, tmp_path):
    same = row()
    one, other = csv_file(tmp_path / "a.csv", [same]), csv_file(tmp_path / "b.csv", [same, row()])
    counted, go_on, found = threading.Event(), threading.Event(), []

    def slow(*_):
        counted.set()
        go_on.wait(60)

    def second():
        with own_app.app_context():
            found.extend(service.ingest(SYSTEM, [other], progress=slow))
            db.session.remove()

    thread = threading.Thread(target=second)
    thread.start()
    assert counted.wait(60)
    service.ingest(SYSTEM, [one])
    go_on.set()
    thread.join(60)
    assert (found[0].messages, found[0].duplicates) == (1, 1)
    assert queries.days()[0][1] == 2


def test_parts_of_a_message_in_two_files_that_are_counted_at_the_same_time_are_joined(own_app, tmp_path):
    paths = [
        csv_file(tmp_path / "a.csv", [part(1, "尊敬的客户，您的订单")], PARTS),
        csv_file(tmp_path / "b.csv", [part(2, "请注意查收。【甲公司】", later=5)], PARTS),
    ]
    assert sorted(each.joined for each in side_by_side(own_app, paths)) == [0, 1]
    assert queries.days()[0][1] == 1
