"""How a page is written: one line says route and permission; the body asks the rooms and renders.

`page` is a GET, `act` a POST that changes something and goes back to a page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from registry.accounts import login
from registry.http.asking import PUBLIC, asking, permission

View = Callable[..., Any]

OWN = "account.own"
"""The permission for what concerns nobody but oneself: one's log-in, password and language."""

blueprint = Blueprint("console", __name__, template_folder="templates", static_folder="static")
csrf = CSRFProtect()


def page(rule: str, needs: str) -> Callable[[View], View]:
    """A page to look at."""
    return _route(rule, needs, ["GET"])


def act(rule: str, needs: str) -> Callable[[View], View]:
    """Something done from a page; the form carries the token that proves it is ours."""
    return _route(rule, needs, ["POST"])


def _route(rule: str, needs: str, methods: list[str]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        guarded = permission(needs)(view)

        @wraps(guarded)
        def come_in(**parts: Any) -> Any:
            return (needs != PUBLIC and way_in(needs)) or guarded(**parts)

        blueprint.add_url_rule(rule, f"{view.__module__.rpartition('.')[2]}_{view.__name__}", come_in, methods=methods)
        return come_in

    return decorate


def way_in(needs: str) -> Response | None:
    """Where somebody must go first: to the log-in, or to a password of one's own."""
    if asking() is None and request.method == "GET":
        return redirect(url_for("console.account_log_in", next=request.full_path.rstrip("?")))
    account = login.account() if asking() else None
    if account and account.must_change_password and needs != OWN:
        return redirect(url_for("console.account_password"))
    return None


@blueprint.before_request
def _only_our_forms() -> None:
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def done(message: str, endpoint: str, **parts: Any) -> Response:
    """Say that something was done, and show the page of it."""
    flash(message, "success")
    return redirect(url_for(f"console.{endpoint}", **parts))


def one_line(name: str) -> str:
    """A field of the sent form without blanks around it, empty where it is missing."""
    return request.form.get(name, "").strip()


__all__ = ["OWN", "PUBLIC", "act", "blueprint", "csrf", "done", "gettext", "one_line", "page", "way_in"]
