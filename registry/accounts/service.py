"""Opening accounts and keys, and withdrawing them."""

import datetime as dt
import secrets

import argon2
import sqlalchemy as sa

from registry import audit
from registry.accounts import keys
from registry.accounts.model import Account, ApiKey, Role
from registry.accounts.roles import OF_COMPANIES, RoleName
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.store import db, unit_of_work

LEAST_PASSWORD = 12  # characters; as NIST SP 800-63B advises for passwords chosen by people
_hasher = argon2.PasswordHasher()


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

    Raises Invalid for unknown roles, a short password, or a company's role without an enterprise; Conflict for a name
    that is taken.
    """
    actor.require("account.manage")
    _check_roles(roles, enterprise)
    if len(password) < LEAST_PASSWORD:
        raise Invalid("password_short", f"a password has at least {LEAST_PASSWORD} characters")
    email = email.strip().lower()
    with unit_of_work() as session:
        if session.scalar(sa.select(Account.id).filter_by(email=email)):
            raise Conflict("account_exists", f"there is an account {email} already")
        account = Account(
            email=email,
            name=name,
            password=_hasher.hash(password),
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


def open_key(
    actor: Actor,
    name: str,
    roles: list[str],
    *,
    enterprise: str | None = None,
    expires_at: dt.datetime | None = None,
) -> tuple[ApiKey, str]:
    """A key for a machine, and its text, which is shown this once.

    Raises Invalid as `open_account` does.
    """
    actor.require("key.manage")
    _check_roles(roles, enterprise)
    key_id, text, secret_hash = keys.make()
    with unit_of_work() as session:
        key = ApiKey(
            key_id=key_id,
            secret_hash=secret_hash,
            name=name,
            roles=roles,
            enterprise=enterprise,
            made_by=actor.name,
            made_at=clock.now(),
            expires_at=expires_at,
        )
        session.add(key)
        audit.record(actor, "key.opened", "key", key_id, after={"roles": roles, "enterprise": enterprise})
    return key, text


def withdraw_key(actor: Actor, key_id: str) -> ApiKey:
    """From now on the key opens nothing."""
    actor.require("key.manage")
    with unit_of_work() as session:
        key = session.scalar(sa.select(ApiKey).filter_by(key_id=key_id).with_for_update())
        if key is None:
            raise NotFound("no_such_key", f"there is no key {key_id}")
        key.withdrawn_at = key.withdrawn_at or clock.now()
        audit.record(actor, "key.withdrawn", "key", key_id)
    return key


def _check_roles(roles: list[str], enterprise: str | None) -> None:
    known = {role.value for role in RoleName}
    unknown = [role for role in roles if role not in known]
    if unknown or not roles:
        error = FieldError("roles", "unknown_role", f"no such role: {', '.join(unknown)}", f"one of {sorted(known)}")
        raise Invalid("unknown_role", "an account has at least one role of the list", fields=[error])
    of_company = bool({RoleName(role) for role in roles} & OF_COMPANIES)
    if of_company != (enterprise is not None):
        raise Invalid("role_enterprise", "a company's role needs an enterprise, the carrier's own has none")


def _role(name: str) -> Role:
    role = db.session.scalar(sa.select(Role).filter_by(name=name))
    if role is None:
        role = Role(name=name, description="")
        db.session.add(role)
    return role
