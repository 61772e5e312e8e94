"""Opening accounts for people, and closing them."""

import re
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from registry import audit
from registry.accounts import passwords, policy
from registry.accounts.model import Account, Role
from registry.accounts.roles import OF_COMPANIES, RoleName
from registry.enterprises.model import Enterprise
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.store import db, unit_of_work

EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,100}@[^@\s\x00-\x1f]{1,100}\Z")
OBJECTIONS = {
    "password_short": f"a password has at least {policy.LEAST_PASSWORD} characters",
    "password_long": f"a password has at most {policy.MOST_PASSWORD} characters",
    "password_easy": "this password is too easy to guess",
}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What a person's account is opened with."""

    email: str
    name: str
    roles: tuple[str, ...]
    enterprise: str | None = None
    office: str | None = None


def open_account(
    actor: Actor,
    email: str,
    name: str,
    roles: list[str],
    password: str,
    *,
    enterprise: str | None = None,
    office: str | None = None,
    must_change_password: bool = True,
) -> Account:
    """A log-in for a person.

    Raises Invalid for unknown roles, an unfit e-mail or password, or a company's role without an enterprise; Conflict
    for an e-mail that is taken.
    """
    actor.require("account.manage")
    email = email.strip().lower()
    if not EMAIL.match(email):
        error = FieldError("email", "bad_email", f"{email[:60]!r} is no e-mail address", "like li@example.com")
        raise Invalid("bad_email", "an account is known by an e-mail address", fields=[error])
    check_roles(roles, enterprise)
    check_password(password, email)
    with unit_of_work() as session:
        if session.scalar(sa.select(Account.id).filter_by(email=email)):
            raise Conflict("account_exists", f"there is an account {email} already")
        account = Account(
            email=email,
            name=name.strip() or email.split("@", maxsplit=1)[0],
            password=passwords.hashed(password),
            active=True,
            must_change_password=must_change_password,
            fs_uniquifier=secrets.token_hex(16),
            enterprise=enterprise,
            office=office,
            language="zh_CN",
            create_datetime=clock.now(),
            roles=[_role(role) for role in roles],
        )
        session.add(account)
        after = {"roles": roles, "enterprise": enterprise, "office": office}
        audit.record(actor, "account.opened", "account", email, after=after)
    return account


def close_account(actor: Actor, email: str) -> Account:
    """From now on nobody logs in with it, and who is logged in is out."""
    actor.require("account.manage")
    with unit_of_work():
        account = existing(email)
        account.active, account.fs_uniquifier = False, secrets.token_hex(16)
        audit.record(actor, "account.closed", "account", account.email)
    return account


def existing(email: str) -> Account:
    """The account of this e-mail, locked for a change.

    Raises NotFound.
    """
    query = sa.select(Account).filter_by(email=email.strip().lower()).with_for_update()
    account = db.session.scalar(query)
    if account is None:
        raise NotFound("no_such_account", f"there is no account {email}")
    return account


def check_password(password: str, email: str) -> None:
    """Raise Invalid where a new password is not fit."""
    code = policy.objection(password, email)
    if code:
        detail = OBJECTIONS[code]
        raise Invalid(code, detail, fields=[FieldError("new_password", code, detail)])


def check_roles(roles: list[str], enterprise: str | None) -> None:
    """Raise Invalid for unknown roles, and for a company's role without its enterprise or the other way round."""
    known = {role.value for role in RoleName}
    unknown = [role for role in roles if role not in known]
    if unknown or not roles:
        error = FieldError("roles", "unknown_role", f"no such role: {', '.join(unknown)}", f"one of {sorted(known)}")
        raise Invalid("unknown_role", "an account has at least one role of the list", fields=[error])
    of_company = {RoleName(role) in OF_COMPANIES for role in roles}
    if of_company != {enterprise is not None}:
        raise Invalid("role_enterprise", "a company's role needs an enterprise, the carrier's own has none")
    if enterprise is not None and not db.session.scalar(sa.select(Enterprise.code).filter_by(code=enterprise)):
        error = FieldError("enterprise", "no_such_enterprise", f"{enterprise} is not registered")
        raise Invalid("no_such_enterprise", "the enterprise must be registered first", fields=[error])


def _role(name: str) -> Role:
    role = db.session.scalar(sa.select(Role).filter_by(name=name))
    if role is None:
        role = Role(name=name, description="")
        db.session.add(role)
    return role
