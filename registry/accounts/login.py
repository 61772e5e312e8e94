"""Who asks: from an API key in the request's head, or in the console from a log-in's session."""

import datetime as dt
from typing import cast

import flask_login
from flask import Flask, request, session

from registry.accounts import keys, queries
from registry.accounts.acting import actor_of, actor_of_key
from registry.accounts.model import Account
from registry.http.document import is_api
from registry.http.problem import request_id
from registry.kernel import clock
from registry.kernel.actor import Actor

IDLE = dt.timedelta(hours=1)  # without a request a session ends
LONGEST = dt.timedelta(hours=12)  # a working day: then everybody logs in anew
SINCE = "logged_in_at"


class Person(flask_login.UserMixin):  # type: ignore[misc] # the library has no types
    """An account as the session's library wants to see it."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """What the session carries: changes with the password and at every log-out, which ends the session."""
        return self.account.fs_uniquifier


def register(app: Flask) -> None:
    """Give the application sessions for people."""
    app.config.update(PERMANENT_SESSION_LIFETIME=IDLE, SESSION_COOKIE_NAME="sms_registry")
    people = flask_login.LoginManager(app)
    people.user_loader(_person)


def _person(uniquifier: str) -> Person | None:
    since = session.get(SINCE, 0)
    if not isinstance(since, int) or clock.now() - clock.from_millis(since) > LONGEST:
        return None
    account = queries.logged_in(uniquifier)
    return Person(account) if account else None


def begin(account: Account) -> None:
    """The present browser's session belongs to the account from now on; nothing of an earlier one is left in it."""
    session.clear()
    session.permanent = True
    session[SINCE] = clock.millis(clock.now())
    flask_login.login_user(Person(account))


def end() -> None:
    """Nobody is logged in with the present browser any more."""
    flask_login.logout_user()
    session.clear()


def account() -> Account | None:
    """The account that is logged in with the present browser."""
    person = flask_login.current_user
    return cast("Account", person.account) if person.is_authenticated else None


def who_asks() -> Actor | None:
    """The actor of the present request: the key's; in the console, where there is no key, the log-in's."""
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _of_key(presented.strip())
    person = None if is_api() else account()
    return actor_of(person, request_id()) if person else None


def _of_key(presented: str) -> Actor | None:
    parts = keys.split(presented)
    key = queries.working_key(parts[0]) if parts else None
    if parts is None or key is None or not keys.matches(parts[1], key.secret_hash):
        return None
    return actor_of_key(key, request_id())
