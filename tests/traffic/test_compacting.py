"""Small files of a day are put together: the same facts, samples and tags, whoever reads and whatever is killed."""

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest

from registry.audit import queries as audit
from registry.jobs.lease import lease
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden
from registry.settings import current
from registry.store import db
from registry.traffic import queries, service, tasks
from registry.traffic.model import FactFile, FactKind
from registry.traffic.service import compacting
from tests.conftest import actor
from tests.factories.traffic import AT, csv_file, row
from tests.traffic.test_ingest import DAY, facts, ingest
from tests.traffic.test_kills import ROOT, on_disk

KINDS = ("base", "province", "hour", "contact")
CHILD = """
import os, signal, sys
from pathlib import Path
from registry.app import create_app
from registry.kernel.actor import SYSTEM
from registry.store import work
from registry.traffic import service
from registry.traffic.folder import Drafts
from tests.conftest import settings_of

url, data, when = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if when == "publishing":
    Drafts.publish = die
with create_app(settings_of(url, Path(data))).app_context():
    if when == "committing":
        work.before_commit(die)
    service.compact(SYSTEM)
"""


def deliveries(folder, count=5, **values):
    """Files of one day: two messages that all bring to the same number, and one with a number of its own."""
    for place in range(count):
        texts = ("【甲】您的订单已发货。", "【乙】大促，点击 t.cn/a ，详询4008001234，拒收请回复R")
        rows = [row(content=text, **values) for text in texts] + [row(port=f"106900002{place}", **values)]
        ingest(csv_file(folder / f"{values.get('gateway', 'gw1')}-{place}.csv", rows))


def told(files=None):
    """Every fact as it stands, however many files hold them."""
    import ibis

    connection = ibis.duckdb.connect()
    tables = {kind: queries.facts(connection, kind, DAY, DAY, files and files[kind]) for kind in KINDS}
    return {kind: sorted(map(repr, connection.to_pyarrow(table).to_pylist())) for kind, table in tables.items()}


def listed():
    return {kind: [file.id for file in queries.listed(kind, DAY, DAY)] for kind in KINDS}


def counts():
    return {kind.value: len(queries.listed(kind.value)) for kind in FactKind}


def test_the_same_facts_samples_and_tags_stand_in_one_file_of_each_kind(app, tmp_path):
    deliveries(tmp_path)
    before, kept, versions = told(), queries.samples(DAY, DAY, limit=1000), queries.versions()
    assert counts() == dict.fromkeys((*KINDS, "seen", "sample"), 5) | {"waiting": 0}
    done = service.compact(SYSTEM)
    assert {(each.day, each.files) for each in done.merged} == {(DAY, 5)}
    assert counts() == dict.fromkeys((*KINDS, "seen", "sample"), 1) | {"waiting": 0}
    assert told() == before
    assert queries.samples(DAY, DAY, limit=1000) == kept
    assert queries.samples(DAY, DAY, port="1069000023") == [each for each in kept if each.port == "1069000023"]
    assert (queries.days(), queries.versions()) == ([(DAY, 15)], versions)
    assert service.compact(SYSTEM).merged == []


def test_what_was_counted_before_counts_no_more_afterwards(app, tmp_path):
    same = row()
    for place in range(3):
        ingest(csv_file(tmp_path / f"{place}.csv", [same if place == 1 else row()]))
    service.compact(SYSTEM)
    again = ingest(csv_file(tmp_path / "again.csv", [same, row()]))[0]
    assert (again.messages, again.duplicates) == (1, 1)


def test_who_froze_the_list_reads_what_stood_in_it_however_often_files_are_put_together(app, tmp_path):
    deliveries(tmp_path, 2)
    frozen = [(listed(), told())]
    for gateway in ("late", "later", "latest"):
        deliveries(tmp_path, 2, gateway=gateway)
        frozen.append((listed(), told()))
        service.compact(SYSTEM)
        frozen.append((listed(), told()))
        for files, facts_then in frozen:
            assert told(files) == facts_then
    with clock.frozen(clock.now() + dt.timedelta(days=4)):
        assert service.compact(SYSTEM).removed == 6 * 8 + 6 * 2
    assert on_disk(current()) == {file.path for kind in FactKind for file in queries.listed(kind.value)}
    for files, facts_then in frozen:
        assert told(files) == facts_then
    assert len(queries.filed("base", DAY, DAY)) == 8 + 3


def test_superseded_files_lie_there_for_who_reads_them_until_the_limit_has_passed(app, tmp_path):
    deliveries(tmp_path, 2)
    before = on_disk(current())
    service.compact(SYSTEM)
    assert before < on_disk(current())
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        assert service.compact(SYSTEM).removed == 0
    assert service.clear() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=4)):
        assert service.compact(SYSTEM).removed == len(before)
    assert not before & on_disk(current())


def test_samples_that_were_put_together_are_erased_at_the_limit_with_those_that_they_were(app, tmp_path):
    deliveries(tmp_path, 3)
    service.compact(SYSTEM)
    service.erase_before(SYSTEM, DAY + dt.timedelta(days=1))
    assert not [path for path in on_disk(current()) if path.startswith(("sample", "seen"))]
    assert (counts()["sample"], counts()["seen"], counts()["base"]) == (0, 0, 1)


def test_files_stay_below_a_size_and_days_with_few_are_left_alone(app, tmp_path, monkeypatch):
    deliveries(tmp_path, 5)
    before = told()
    monkeypatch.setattr(compacting, "MOST_FILES", 2)
    assert service.compact(SYSTEM, least=6).merged == []
    assert {each.files for each in service.compact(SYSTEM).merged} == {2}
    assert counts()["base"] == 3
    assert told() == before


def test_only_the_day_that_is_named_or_days_before_one_are_touched(app, tmp_path):
    next_day = (AT + dt.timedelta(days=1)).isoformat()
    deliveries(tmp_path, 2)
    deliveries(tmp_path, 2, gateway="next", submitted_at=next_day)
    assert service.compact(SYSTEM, before=DAY).merged == []
    assert {each.day for each in service.compact(SYSTEM, day=DAY).merged} == {DAY}
    assert {each.day for each in service.compact(SYSTEM).merged} == {DAY + dt.timedelta(days=1)}


def test_a_file_that_is_not_what_was_listed_gets_no_new_hash(app, tmp_path):
    deliveries(tmp_path, 2)
    changed = current().facts / queries.listed("hour")[0].path
    changed.write_bytes(changed.read_bytes() + b" ")
    done = service.compact(SYSTEM)
    assert {each.kind.value for each in done.merged} == {"base", "province", "contact", "seen", "sample"}
    assert len(done.left) == 1
    assert queries.listed("hour")[0].path in done.left[0]
    result = app.test_cli_runner().invoke(args=["traffic", "compact"])
    assert result.exit_code == 1
    assert "is not what was listed" in result.stderr


def test_an_event_tells_which_files_became_which(app, tmp_path):
    deliveries(tmp_path, 3)
    service.compact(SYSTEM)
    event = next(each for each in audit.history("fact_file", str(DAY)) if each.after["kind"] == "base")
    parts = [file for file in queries.filed("base", DAY, DAY) if file.replaced_by]
    [whole] = queries.listed("base", DAY, DAY)
    assert (event.action, event.after["sha256"], event.after["files"]) == ("traffic.compacted", whole.sha256, 3)
    assert event.after["list_sha256"] == compacting.list_digest(parts)
    assert {file.replaced_by for file in parts} == {whole.id}


@pytest.mark.parametrize("when", ["publishing", "committing"])
def test_a_killed_compaction_leaves_nothing_and_can_be_run_again(own_app, own_database, tmp_path, when):
    deliveries(tmp_path, 2)
    before, files = told(), on_disk(own_database)
    db.session.rollback()
    command = [sys.executable, "-c", CHILD, own_database.database_url, str(own_database.data), when]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert (told(), counts()["base"]) == (before, 2)
    assert on_disk(own_database) > files  # something that nobody lists
    db.session.rollback()
    assert len(service.compact(SYSTEM).merged) == 6
    assert (told(), counts()["base"]) == (before, 1)
    assert on_disk(own_database) == set(db.session.scalars(db.select(FactFile.path)))


def test_a_second_one_says_that_one_is_under_way_and_the_daily_job_leaves_it_to_that(own_app, tmp_path):
    deliveries(tmp_path, 4)
    with lease(compacting.ALONE):
        with pytest.raises(Conflict) as refused:
            service.compact(SYSTEM)
        assert refused.value.code == "busy"
        result = own_app.test_cli_runner().invoke(args=["traffic", "compact"])
        assert (result.exit_code, "under way in another process" in result.stderr) == (1, True)
        tasks.compact()
        assert counts()["base"] == 4
    tasks.compact()
    assert counts()["base"] == 1


def test_the_command_says_what_became_of_the_files(app, tmp_path):
    deliveries(tmp_path, 2)
    result = app.test_cli_runner().invoke(args=["traffic", "compact", "--day", str(DAY), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert '"files": 2' in result.stdout
    both = app.test_cli_runner().invoke(args=["traffic", "compact", "--day", str(DAY), "--before", str(DAY)])
    assert both.exit_code == 2


def test_who_may_not_ingest_may_not_compact(app):
    with pytest.raises(Forbidden):
        service.compact(actor("company"))


def test_a_fact_counts_once_while_files_are_swapped(app, tmp_path):
    deliveries(tmp_path, 2)
    service.compact(SYSTEM)
    assert sum(fact["messages"] for fact in facts()) == 6
