"""Traffic through the command line and the API."""

import json

import pytest

from registry.kernel.actor import SYSTEM
from registry.traffic import service
from tests.factories import registered
from tests.factories.traffic import COLUMNS, csv_file, row


@pytest.fixture
def run(app):
    def call(*words):
        return app.test_cli_runner().invoke(args=["traffic", "ingest", *map(str, words)])

    return call


def test_the_command_answers_in_json_on_its_own_stream(run, tmp_path):
    result = run(csv_file(tmp_path / "a.csv", [row()]), "--format", "json")
    assert result.exit_code == 0
    (told,) = json.loads(result.stdout)
    assert told["file"] == "a.csv"
    assert (told["read"], told["accepted"], told["rejected"], told["already_ingested"]) == (1, 1, 0, False)


def test_the_command_says_in_words_what_was_refused(run, tmp_path):
    poor = csv_file(tmp_path / "b.csv", [row()], COLUMNS[1:])
    result = run(csv_file(tmp_path / "a.csv", [row()]), poor)
    assert result.exit_code == 1
    assert "submitted_at" in result.stdout.replace("\n", "")


@pytest.mark.parametrize(
    "words", [[], ["nowhere.csv"], ["."], ["a.csv", "--default-time", "noon"], ["a.csv", "--colour"]]
)
def test_wrong_use_is_told_from_bad_files(run, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    csv_file(tmp_path / "a.csv", [row()])
    assert run(*words).exit_code == 2


def test_a_default_time_is_taken_from_the_command_line(run, tmp_path):
    path = csv_file(tmp_path / "a.csv", [row()], ("port", "content"))
    result = run(path, "--default-time", "2026-05-01T08:00:00+08:00", "--format", "json")
    assert json.loads(result.stdout)[0]["days"] == ["2026-05-01"]


def test_rejected_rows_make_the_result_partial(run, tmp_path):
    assert run(csv_file(tmp_path / "a.csv", [row(), row(port="x")])).exit_code == 1


def test_deliveries_and_days_can_be_asked_for(app, caller, tmp_path):
    service.ingest(SYSTEM, [csv_file(tmp_path / f"{n}.csv", [row()]) for n in range(3)])
    analyst = caller("analyst")
    first = analyst.get("/api/v1/traffic/files?limit=2").json
    second = analyst.get(f"/api/v1/traffic/files?limit=2&after={first['after']}").json
    assert [each["name"] for each in first["items"] + second["items"]] == ["2.csv", "1.csv", "0.csv"]
    assert second["after"] == ""
    one = analyst.get(f"/api/v1/traffic/files/{first['items'][0]['sha256']}").json
    assert one["messages"] == 1
    assert analyst.get("/api/v1/traffic/files/unknown").status_code == 404
    assert analyst.get("/api/v1/traffic/days").json == {"items": [{"day": "2026-05-01", "messages": 3}]}


def test_companies_do_not_see_deliveries(caller):
    assert (
        caller("company_key", enterprise=registered.enterprise().code).get("/api/v1/traffic/files").status_code == 403
    )
