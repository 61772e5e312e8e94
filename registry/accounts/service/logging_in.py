"""Logging in and out, and changing passwords: each audited, wrong ones counted and slowed."""

import datetime as dt
import hashlib
import hmac
import math
import secrets

import sqlalchemy as sa

from registry import audit, settings
from registry.accounts import passwords, policy
from registry.accounts.acting import actor_of
from registry.accounts.model import Account, FailedLogin
from registry.accounts.service.opening import check_password, existing
from registry.kernel import clock
from registry.kernel.actor import Actor, ActorKind
from registry.kernel.errors import FieldError, Invalid, Problem, TooMany, Unauthenticated
from registry.store import db, unit_of_work

NOBODY = Actor("nobody", ActorKind.JOB)
LANGUAGES = ("zh_CN", "en")


def log_in(email: str, password: str, address: str, request_id: str | None = None) -> Account:
    """The account that this password opens.

    Raises Unauthenticated where it opens none, TooMany while further attempts must wait.
    """
    email = email.strip().lower()
    with unit_of_work():
        account = _opened_by(email, password, address, request_id)
        if account is not None:
            if passwords.outdated(account.password):
                account.password = passwords.hashed(password)
            audit.record(actor_of(account, request_id), "login.succeeded", "account", account.email)
    if account is None:
        raise Unauthenticated("wrong_login", "e-mail or password is not right")
    return account


def log_out(actor: Actor, email: str) -> None:
    """End every session of the account: a copied cookie opens nothing any more."""
    with unit_of_work():
        existing(email).fs_uniquifier = secrets.token_hex(16)
        audit.record(actor, "login.ended", "account", email)


def change_password(actor: Actor, email: str, old: str, new: str, address: str) -> Account:
    """A new password; every session that the old one opened is over.

    Raises Invalid where the old one is wrong or the new one is not fit, TooMany while attempts must wait.
    """
    check_password(new, email)
    if secrets.compare_digest(old.encode(), new.encode()):
        error = FieldError("new_password", "password_same", "this is the old password")
        raise Invalid("password_same", "the new password is the old one", fields=[error])
    refused: Problem | None = None
    with unit_of_work():
        if (account := _opened_by(email, old, address, actor.request_id)) is None:
            error = FieldError("old_password", "wrong_password", "this is not the present password")
            refused = Invalid("wrong_password", "the present password is not right", fields=[error])
        else:
            _set(account, new, must_change=False)
            audit.record(actor, "account.password_changed", "account", account.email)
    if refused or account is None:
        raise refused or AssertionError
    return account


def reset_password(actor: Actor, email: str) -> str:
    """A one-time password for somebody who forgot the own one; it must be changed at the next log-in."""
    actor.require("account.manage")
    password = one_time_password()
    with unit_of_work():
        account = existing(email)
        _set(account, password, must_change=True)
        audit.record(actor, "account.password_reset", "account", account.email)
    return password


def use_language(email: str, language: str) -> None:
    """Remember the language in which somebody reads the console."""
    if language not in LANGUAGES:
        raise Invalid("no_such_language", f"one of {', '.join(LANGUAGES)}")
    with unit_of_work():
        existing(email).language = language


def one_time_password() -> str:
    """Letters that people read to each other, in groups: 20 of 31 each, 99 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


def _set(account: Account, password: str, *, must_change: bool) -> None:
    account.password = passwords.hashed(password)
    account.must_change_password = must_change
    account.fs_uniquifier = secrets.token_hex(16)


def _opened_by(email: str, password: str, address: str, request_id: str | None) -> Account | None:
    """The account, or None and the failure is counted. Attempts for one name are looked at one after the other."""
    name = _name_of(email)
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(int.from_bytes(bytes.fromhex(name[:16]), signed=True))))
    _slow(name, address)
    account = db.session.scalar(sa.select(Account).filter_by(email=email, active=True))
    if passwords.right(account.password if account else None, password):
        db.session.execute(sa.delete(FailedLogin).filter_by(email=name))
        return account
    now = clock.now()
    db.session.execute(sa.delete(FailedLogin).where(FailedLogin.at < now - policy.REMEMBERED))
    db.session.add(FailedLogin(at=now, email=name, address=address))
    subject, who = (email, actor_of(account, request_id)) if account else (f"unknown:{name}", NOBODY)
    audit.record(who, "login.failed", "account", subject, after={"address": _name_of(address)})
    return None


def _slow(name: str, address: str) -> None:
    now = clock.now()
    since = FailedLogin.at >= now - policy.REMEMBERED
    by_name = db.session.scalars(sa.select(FailedLogin.at).filter_by(email=name).where(since)).all()
    by_address = db.session.scalars(sa.select(FailedLogin.at).filter_by(address=address).where(since)).all()
    wait = max(
        policy.still_to_wait(by_name, policy.FREE_BY_NAME, now),
        policy.still_to_wait(by_address, policy.FREE_BY_ADDRESS, now),
    )
    if wait > dt.timedelta():
        seconds = math.ceil(wait.total_seconds())
        raise TooMany("login_slowed", f"too many wrong passwords: wait {seconds} seconds", fix="then try again")


def _name_of(text: str) -> str:
    """A personal value (or a password typed into the wrong field) as a keyed hash."""
    return hmac.new(settings.current().hashing_key, text.encode(), hashlib.sha256).hexdigest()[:32]
