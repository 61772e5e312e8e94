"""Opening keys for machines, and withdrawing them."""

import datetime as dt

import sqlalchemy as sa

from registry import audit
from registry.accounts import keys
from registry.accounts.model import ApiKey
from registry.accounts.service.opening import check_roles
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.store import unit_of_work


def open_key(
    actor: Actor,
    name: str,
    roles: list[str],
    *,
    enterprise: str | None = None,
    expires_at: dt.datetime | None = None,
) -> tuple[ApiKey, str]:
    """A key for a machine, and its text, which is shown this once.

    Raises Invalid for unknown roles, a company's role without an enterprise, or an end that is past.
    """
    actor.require("key.manage")
    check_roles(roles, enterprise)
    if expires_at is not None and expires_at <= clock.now():
        error = FieldError("expires_at", "already_past", "this moment is past", "leave it empty, or take a later one")
        raise Invalid("already_past", "a key that has ended opens nothing", fields=[error])
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
        if key.withdrawn_at is None:
            key.withdrawn_at = clock.now()
            audit.record(actor, "key.withdrawn", "key", key_id)
    return key
