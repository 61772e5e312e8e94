"""Who asks: from an API key in the request's head, or from a log-in's session."""

import sqlalchemy as sa
from flask import Flask, request

from registry.accounts import keys
from registry.accounts.model import ApiKey
from registry.accounts.roles import permissions_of
from registry.http.problem import request_id
from registry.kernel import clock
from registry.kernel.actor import Actor, ActorKind
from registry.store import db


def register(app: Flask) -> None:
    """Nothing yet beside keys."""


def who_asks() -> Actor | None:
    """The actor of the present request, None where no valid key stands in it."""
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    return _of_key(presented.strip()) if scheme.lower() == "bearer" else None


def _of_key(presented: str) -> Actor | None:
    parts = keys.split(presented)
    if parts is None:
        return None
    key = db.session.scalar(sa.select(ApiKey).filter_by(key_id=parts[0]))
    if key is None or not keys.matches(parts[1], key.secret_hash) or _ended(key):
        return None
    permissions = permissions_of(key.roles)
    return Actor(f"key:{key.key_id}", ActorKind.KEY, permissions, key.enterprise, None, request_id())


def _ended(key: ApiKey) -> bool:
    return key.withdrawn_at is not None or (key.expires_at is not None and key.expires_at <= clock.now())
