"""The command line: what a finding rests on as SQL that runs elsewhere, and what would be found otherwise."""

import json
from pathlib import Path

import duckdb
import pytest

from registry.detection.rules import s203_undeclared_tenant
from registry.filings import service as filings
from registry.filings.content import PermitContent
from registry.permits.values import PermitValues, ScopeValues
from tests.conftest import actor
from tests.detection.test_findings import DAY, PORT, feed


@pytest.fixture
def command(app):
    return app.test_cli_runner()


def test_explain_prints_a_text_that_duckdb_runs_and_says_whether_the_rows_are_the_same(tenant, command, tmp_path):
    said = command.invoke(args=["detection", "explain", tenant.key])
    assert said.exit_code == 0, said.output
    assert "-- the same rows as the evidence" in said.stdout
    assert "UNDECLARED_TENANT" in said.stdout
    *tables, query = said.stdout[: said.stdout.rindex("-- the same rows")].split(";\n")[:-1]
    with duckdb.connect() as connection:
        connection.execute(";\n".join(tables))
        assert [row["messages"] for row in connection.sql(query).to_arrow_table().to_pylist()] == [25]
    feed(tmp_path, ("丙商城", 10), name="late")
    later = command.invoke(args=["detection", "explain", tenant.key, "--format", "json"])
    assert later.exit_code == 1
    told = json.loads(later.stdout)
    assert (told["again"]["same"], told["parameters"]["least_messages"]) == (False, 10)


def test_replay_prints_what_would_be_found_for_a_parameter_and_for_a_permit(tenant, parties, command, tmp_path):
    days = ["detection", "replay", "--from", str(DAY), "--to", str(DAY), "--format", "json"]
    stricter = command.invoke(args=[*days, "--rule", "S203", "--set", "least_messages=26"])
    assert json.loads(stricter.stdout)["counts"]["gone"] == {"subjects": 1, "messages": 25}
    file = tmp_path / "permit.json"
    said = {"signature": "丙商城", "port": PORT, "categories": ["notice"]}
    file.write_text(json.dumps(said | dict.fromkeys(("owner", "user"), parties["stranger"])), "utf-8")
    proposed = command.invoke(args=[*days, "--permit", str(file)])
    assert json.loads(proposed.stdout)["counts"]["gone"]["subjects"] >= 1
    table = command.invoke(args=[*days[:-2], "--permit", str(file)])
    assert tenant.key in table.stdout


def test_replay_tries_a_rule_in_a_file_and_says_what_is_wrong_with_one_that_is_none(tenant, command, tmp_path):
    days = ["detection", "replay", "--from", str(DAY), "--to", str(DAY), "--format", "json"]
    file = tmp_path / "s299_trial.py"
    file.write_text(Path(s203_undeclared_tenant.__file__).read_text("utf-8").replace("S203", "S299"), "utf-8")
    said = command.invoke(args=[*days, "--rule-file", str(file)])
    assert said.exit_code == 0, said.output
    [told] = json.loads(said.stdout)["rules"]
    assert (told["rule"], [each["signature"] for each in told["found"]]) == ("S299", ["丙商城"])
    assert (told["gone"], told["found"][0]["finding"]) == ([], "")
    file.write_text('"""No rule."""\n', "utf-8")
    refused = command.invoke(args=[*days, "--rule-file", str(file)])
    assert (refused.exit_code, "does not open with" in refused.stderr) == (2, True)


def test_replay_says_what_the_permit_of_a_filing_would_silence(tenant, parties, command):
    stranger = parties["stranger"]
    company = actor("company", name="wu", enterprise=stranger)
    asked = PermitValues(signature="丙商城", owner=stranger, port=PORT, user=stranger, scope=ScopeValues(("notice",)))
    filed = filings.file(company, PermitContent(asked, consent="app", opt_out="拒收请回复R"))
    days = ["detection", "replay", "--from", str(DAY), "--to", str(DAY), "--format", "json"]
    said = command.invoke(args=[*days, "--filing", filed.key])
    assert said.exit_code == 0, said.output
    gone = {each["rule"]: [one["finding"] for one in each["gone"]] for each in json.loads(said.stdout)["rules"]}
    assert gone["S203"] == [tenant.key]


@pytest.mark.parametrize(
    "more",
    [
        ["--set", "least_messages"],
        ["--set", "least_messages=5"],
        ["--rule", "S203", "--set", "least_messages=-5"],
        ["--filing", "FLG-none"],
    ],
)
def test_wrong_use_is_said_with_the_way_out(session, command, more):
    said = command.invoke(args=["detection", "replay", "--from", str(DAY), "--to", str(DAY), *more])
    assert said.exit_code == 2, said.output
    assert said.stderr.strip()
