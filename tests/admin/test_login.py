"""Logging in and out in the console, one's password and language, and what guards the session."""

import datetime as dt
import re

import pytest

from registry.accounts import service as accounts
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from tests.admin.conftest import PASSWORD

EMAIL = "li@example.com"


@pytest.fixture
def account(app, world):
    return accounts.open_account(SYSTEM, EMAIL, "Li", ["reviewer"], PASSWORD)


def log_in(client, password=PASSWORD, **form):
    return client.post("/login", data={"email": EMAIL, "password": password, **form})


def test_whoever_is_not_logged_in_is_led_to_the_log_in_and_back(client, world):
    answer = client.get("/findings?state=open")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login?next=/findings?state%3Dopen"


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(client, account):
    wrong, unknown = log_in(client, "wrong wrong wrong"), log_in(client, email="nobody@example.com")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "邮箱或密码不正确" in wrong.text
    assert "邮箱或密码不正确" in unknown.text


def test_guessing_is_slowed(client, account):
    for _ in range(5):
        log_in(client, "wrong wrong wrong")
    slowed = log_in(client)
    assert slowed.status_code == 429
    assert "密码错误次数过多" in slowed.text


def test_a_password_that_somebody_else_chose_must_be_changed_first(client, account):
    log_in(client)
    assert client.get("/").headers["Location"] == "/password"
    form = {"old_password": PASSWORD, "new_password": "one good day of weather", "again": "one good day of weather"}
    assert client.post("/password", data=form | {"again": "another"}).status_code == 422
    assert client.post("/password", data=form | {"old_password": "x"}).status_code == 422
    assert client.post("/password", data=form).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_copied_cookie_opens_nothing_after_its_owner_logged_out(app, visitor):
    person = visitor("reviewer")
    copied = person.client.get_cookie("sms_registry").value
    assert person.post("/logout").status_code == 302
    thief = app.test_client()
    thief.set_cookie("sms_registry", copied)
    assert thief.get("/").status_code == 302


def test_after_twelve_hours_everybody_logs_in_anew(visitor):
    person = visitor("reviewer")
    with clock.frozen(clock.now() + dt.timedelta(hours=13)):
        assert person.get("/").status_code == 302


def test_a_closed_account_is_out_at_once(visitor):
    person = visitor("reviewer")
    accounts.close_account(SYSTEM, person.email)
    assert person.get("/").status_code == 302


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_log_in_leads_nowhere_else(client, account, away):
    assert log_in(client, next=away).headers["Location"] == "/"


def test_a_form_of_another_site_changes_nothing(app, visitor, monkeypatch):
    person = visitor("administrator")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert person.post("/keys", {"name": "a", "roles": "gateway"}).status_code == 400
    token = re.search(r'csrf_token" value="([^"]+)"', person.get("/keys").text)[1]
    assert person.post("/keys", {"name": "a", "roles": "gateway", "csrf_token": token}).status_code == 200


def test_every_form_of_every_place_carries_the_token(visitor):
    person = visitor("supervisor")
    for path in ("/", "/filings", "/letters", "/measure-form", "/detection", "/traffic", "/lookback", "/password"):
        text = person.get(path).text
        assert text.count('method="post"') <= text.count('name="csrf_token"')


def test_a_session_opens_the_console_and_not_the_api(visitor):
    assert visitor("reviewer").get("/api/v1/ports").status_code == 401


def test_the_language_is_kept_by_the_session_and_by_the_account(app, visitor):
    person = visitor("reviewer")
    assert "待我处理" in person.get("/").text
    person.post("/language", {"language": "en", "next": "/findings"})
    assert "What waits for me" in person.get("/").text
    again = app.test_client()
    again.post("/login", data={"email": person.email, "password": PASSWORD})
    assert "What waits for me" in again.get("/").text
    assert person.post("/language", {"language": "tlh"}).status_code == 404


def test_pages_run_no_script_and_stand_in_no_frame(client, world):
    head = client.get("/login").headers
    assert "default-src 'none'" in head["Content-Security-Policy"]
    assert "script" not in head["Content-Security-Policy"]
    assert (head["X-Frame-Options"], head["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert head["Cache-Control"] == "no-store"
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_what_pages_are_drawn_with_comes_from_here(client, world):
    text = client.get("/login").text
    for address in re.findall(r'(?:href|src)="([^#"]+)"', text):
        assert address.startswith("/")
        assert client.get(address, buffered=True).status_code in (200, 302)
    assert "<script" not in text


@pytest.mark.parametrize("path", ["/nothing", "/ports/1", "/permits/none", "/filings/none", "/lookback/runs/none"])
def test_what_is_not_there_is_told_in_words(visitor, path):
    answer = visitor("supervisor").get(path)
    assert answer.status_code == 404
    assert "找不到" in answer.text


def test_what_one_may_not_do_is_told_in_words(visitor):
    answer = visitor("company").get("/audit")
    assert answer.status_code == 403
    assert "没有权限" in answer.text
    assert visitor("reviewer").post("/login/never").status_code == 404
