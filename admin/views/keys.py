"""API keys and people's accounts, for administrators."""

from typing import Any

from flask import render_template, request

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.accounts import queries, service
from registry.accounts.roles import RoleName
from registry.accounts.service.logging_in import one_time_password
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Problem


@page("/keys", "key.manage")
def listed() -> str:
    """Keys of machines."""
    return _keys()


@act("/keys", "key.manage")
def open_key() -> Any:
    """A new key; its text is on the answered page and nowhere else."""
    try:
        roles, enterprise = request.form.getlist("roles"), one_line("enterprise") or None
        key, text = service.open_key(
            current_actor(), one_line("name"), roles, enterprise=enterprise, expires_at=asked.sent_moment("expires_at")
        )
    except Problem as problem:
        return _keys(problem=inline(problem)), STATUS[type(problem)]
    return _keys(made=key, text=text)


@act("/keys/<string:key_id>/withdraw", "key.manage")
def withdraw(key_id: str) -> Any:
    """The key opens nothing any more."""
    service.withdraw_key(current_actor(), key_id)
    return done(gettext("The key opens nothing any more."), "keys_listed")


@page("/accounts", "account.manage")
def accounts() -> str:
    """People's accounts."""
    return _accounts()


@act("/accounts", "account.manage")
def open_account() -> Any:
    """A new account; its one-time password is on the answered page and nowhere else."""
    password, email = one_time_password(), one_line("email")
    enterprise, office = one_line("enterprise") or None, one_line("office") or None
    try:
        service.open_account(
            current_actor(),
            email,
            one_line("name"),
            request.form.getlist("roles"),
            password,
            enterprise=enterprise,
            office=office,
        )
    except Problem as problem:
        return _accounts(problem=inline(problem)), STATUS[type(problem)]
    return _accounts(email=email, password=password)


@act("/accounts/reset", "account.manage")
def reset() -> str:
    """A new one-time password for somebody who forgot the own one."""
    email = one_line("email")
    return _accounts(email=email, password=service.reset_password(current_actor(), email))


@act("/accounts/close", "account.manage")
def close() -> Any:
    """Nobody logs in with the account any more."""
    service.close_account(current_actor(), one_line("email"))
    return done(gettext("The account is closed."), "keys_accounts")


def _keys(**told: Any) -> str:
    return render_template("keys/keys.html", keys=queries.api_keys(asked.paging()), roles=RoleName, **told)


def _accounts(**told: Any) -> str:
    return render_template("keys/accounts.html", accounts=queries.accounts(), roles=RoleName, **told)
