"""The first administrator, demo log-ins, and the command line."""

import json
import stat

import pytest
import sqlalchemy as sa

from registry import settings
from registry.accounts import service
from registry.accounts.model import Account
from registry.accounts.service import NewAccount
from registry.kernel.actor import SYSTEM


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["account", *words])


def test_the_first_administrator_is_made_once_and_written_where_only_we_read(session):
    path = service.first_administrator(SYSTEM)
    email, password = path.read_text().split()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert service.log_in(email, password, "192.0.2.1").must_change_password
    assert service.first_administrator(SYSTEM) is None
    assert path.read_text().split() == [email, password]


def test_demo_accounts_are_written_down_and_those_that_exist_are_kept(session):
    people = [NewAccount("a@example.com", "A", ("reviewer",)), NewAccount("b@example.com", "B", ("analyst",))]
    assert [email for email, _ in service.open_many(SYSTEM, people[:1])] == ["a@example.com"]
    [(email, password)] = service.open_many(SYSTEM, people)
    assert email == "b@example.com"
    assert not service.log_in(email, password, "192.0.2.1").must_change_password


def test_the_demo_has_staff_and_a_company(session, enterprise):
    path = service.open_demo(SYSTEM, enterprise.code)
    assert len(path.read_text().split("\n")) == 6
    assert path.parent == settings.current().data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    company = session.scalar(sa.select(Account).filter_by(email="company@registry.local"))
    assert company.enterprise == enterprise.code


def test_the_command_line_opens_lists_resets_and_closes(run, session):
    assert run("first-administrator").exit_code == 0
    opened = run("open", "li@example.com", "--role", "reviewer", "--role", "analyst")
    assert service.log_in("li@example.com", opened.stdout.strip(), "192.0.2.1")
    rows = json.loads(run("list", "--format", "json").stdout)
    assert [row["roles"] for row in rows if row["email"] == "li@example.com"] == [["reviewer", "analyst"]]
    assert service.log_in("li@example.com", run("reset", "li@example.com").stdout.strip(), "192.0.2.1")
    assert run("close", "li@example.com").exit_code == 0
    assert "li@example.com" in run("list").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("open", "li@example.com", "--role", "king"),
        ("open", "no address", "--role", "reviewer"),
        ("open", "li@example.com", "--role", "company"),
        ("open", "li@example.com", "--role", "company", "--enterprise", "NOBODY"),
        ("open", "li@example.com", "--role", "reviewer", "--role", "company", "--enterprise", "NOBODY"),
        ("key", "--role", "company_key"),
        ("close", "nobody@example.com"),
    ],
)
def test_wrong_use_of_the_command_line_is_told_and_changes_nothing(run, session, words):
    answer = run(*words)
    assert answer.exit_code == 2
    assert answer.stderr
    assert not session.scalar(sa.select(sa.func.count(Account.id)))
