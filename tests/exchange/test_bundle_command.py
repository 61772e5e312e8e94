"""`sms-registry bundle` as a script sees it: answers, exit codes, and real commits."""

import json

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.permits.model import Permit
from registry.store import db
from tests.factories.exchange import bundle, texts, write


@pytest.fixture
def run(own_database):
    app = create_app(own_database)
    runner = app.test_cli_runner()
    yield lambda *arguments: runner.invoke(args=["bundle", *map(str, arguments)])
    with app.app_context():
        db.engine.dispose()


def test_a_bundle_comes_in_and_goes_out_through_the_command_line(run, own_database, tmp_path):
    done = run("import", write(tmp_path / "in", bundle()), "--format", "json")
    assert done.exit_code == 0, done.output
    assert {row["file"]: row["kept"] for row in json.loads(done.stdout)}["permits.csv"] == 3
    assert run("export", tmp_path / "out", "--as-of", "2023-01-01").exit_code == 0
    assert "permits.csv" in texts(tmp_path / "out")
    app = create_app(own_database)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Permit)) == 3
        db.session.remove()
        db.engine.dispose()


def test_rows_that_cannot_stay_are_exit_code_one_and_said_with_their_place(run, tmp_path):
    tables = bundle()
    tables["ports"][0]["port"] = "1069A"
    done = run("import", write(tmp_path / "in", tables), "--report", tmp_path / "report.csv")
    assert done.exit_code == 1
    assert "ports.csv row 2: port:" in done.stderr
    assert "Nothing was kept" in done.stderr
    assert (tmp_path / "report.csv").is_file()


@pytest.mark.parametrize("arguments", [("import", "nowhere"), ("export", "out", "--as-of", "yesterday"), ("import",)])
def test_wrong_use_is_exit_code_two(run, tmp_path, arguments):
    command, *rest = arguments
    paths = [tmp_path / each if place == 0 else each for place, each in enumerate(rest)]
    assert run(command, *paths).exit_code == 2


def test_a_dry_run_says_so(run, tmp_path):
    done = run("import", write(tmp_path / "in", bundle()), "--dry-run")
    assert (done.exit_code, "dry run" in done.stderr) == (0, True)
