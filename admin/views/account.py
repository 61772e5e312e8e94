"""Logging in and out, one's password, one's language."""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from admin.failing import inline
from admin.languages import LANGUAGES
from admin.page import OWN, PUBLIC, act, done, gettext, one_line, page
from registry.accounts import login, service
from registry.accounts.model import Account
from registry.http import current_actor
from registry.http.problem import STATUS, request_id
from registry.kernel.errors import Invalid, NotFound, Problem, Unauthenticated


@page("/login", PUBLIC)
def log_in() -> str:
    """The form to log in with."""
    return render_template("account/login.html", next=_inside(request.args.get("next", "")))


@act("/login", PUBLIC)
def begin() -> Any:
    """Log in, or say why not."""
    onward = _inside(one_line("next"))
    try:
        account = service.log_in(one_line("email"), request.form.get("password", ""), _address(), request_id())
    except Problem as problem:
        page = render_template("account/login.html", problem=inline(problem), next=onward, email=one_line("email"))
        return page, STATUS[type(problem)]
    _settle(account)
    return redirect(onward)


@act("/logout", OWN)
def log_out() -> Response:
    """End the session."""
    chosen = session.get("language")
    service.log_out(current_actor(), _own().email)
    login.end()
    session["language"] = chosen
    return redirect(url_for("console.account_log_in"))


@page("/password", OWN)
def password() -> str:
    """The form for a new password."""
    return render_template("account/password.html", forced=_own().must_change_password)


@act("/password", OWN)
def change_password() -> Any:
    """Change one's password and go on with the same browser."""
    person, form = _own(), request.form
    old, new = form.get("old_password", ""), form.get("new_password", "")
    try:
        if new != form.get("again", ""):
            raise Invalid("password_twice", "the new password was not written the same way twice")
        account = service.change_password(current_actor(), person.email, old, new, _address())
    except Problem as problem:
        page = render_template("account/password.html", problem=inline(problem), forced=person.must_change_password)
        return page, STATUS[type(problem)]
    _settle(account)
    return done(gettext("Your password is changed."), "home_home")


@act("/language", PUBLIC)
def language() -> Response:
    """Switch the language, for this browser and for the account that is logged in."""
    chosen = one_line("language")
    if chosen not in LANGUAGES:
        raise NotFound("no_such_language", f"there is no language {chosen[:20]!r}")
    session["language"] = chosen
    if (person := login.account()) is not None:
        service.use_language(person.email, chosen)
    return redirect(_inside(one_line("next")))


def _settle(account: Account) -> None:
    """Begin a session that goes on in the language chosen in this browser, else in the account's."""
    chosen = session.get("language")
    login.begin(account)
    session["language"] = chosen or account.language


def _own() -> Account:
    person = login.account()
    if person is None:
        raise Unauthenticated("not_logged_in", "this page is for people who are logged in")
    return person


def _address() -> str:
    return request.remote_addr or ""


def _inside(path: str) -> str:
    """A path of this console to go on with; anything that leads elsewhere is the first page."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else url_for("console.home_home")
