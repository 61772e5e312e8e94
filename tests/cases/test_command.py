"""`sms-registry case`: listed, exported, packed and verified from the command line."""

import csv
import json
import zipfile

import pytest

from registry.audit import queries as audit


@pytest.fixture
def command(app):
    return app.test_cli_runner()


def test_cases_are_listed_with_what_the_page_says_of_them(case, command):
    said = command.invoke(args=["case", "list", "--format", "json"])
    (row,) = json.loads(said.stdout)
    assert (row["case"], row["kind"], row["messages"], row["score"]) == (case.key, "sublet", 25, case.score)
    assert json.loads(command.invoke(args=["case", "list", "--state", "closed", "--format", "json"]).stdout) == []
    assert command.invoke(args=["case", "list", "--state", "asleep"]).exit_code == 2


def test_cases_are_exported_to_a_file_that_other_programs_read(case, command, tmp_path):
    file = tmp_path / "cases.csv"
    assert command.invoke(args=["case", "export", str(file)]).exit_code == 0
    (row,) = csv.DictReader(file.read_text("utf-8").splitlines())
    assert (row["case"], row["messages"], set(row["findings"].split("|"))) == (
        case.key,
        "25",
        {each.key for each in case.told},
    )


def test_a_pack_is_written_and_verified_and_what_was_changed_is_found(case, command, tmp_path):
    file = tmp_path / "pack.zip"
    made = command.invoke(args=["case", "pack", case.key, str(file)])
    assert (made.exit_code, made.stdout.split()[-1]) == (0, str(file))
    assert [each.after["sha256"] for each in audit.history("case", case.key) if each.action == "case.packed"] == [
        made.stdout.split()[0]
    ]
    said = command.invoke(args=["case", "verify", str(file)])
    assert (said.exit_code, said.stdout.strip()) == (0, "whole")
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content + b"x" if name == "facts.csv" else content)
    said = command.invoke(args=["case", "verify", str(file)])
    assert (said.exit_code, "facts.csv was changed" in said.stdout) == (1, True)


def test_a_pack_of_no_case_is_wrong_use_and_leaves_no_file(session, command, tmp_path):
    file = tmp_path / "pack.zip"
    assert command.invoke(args=["case", "pack", "CAS-none", str(file)]).exit_code == 2
    assert not file.exists()
