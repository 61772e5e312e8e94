"""API keys: how they are written, and how a presented one is compared. Pure."""

import hashlib
import hmac
import secrets

PREFIX = "smsr"


def make() -> tuple[str, str, str]:
    """A new key: (public id, the whole key to hand out once, hash of its secret)."""
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    return key_id, f"{PREFIX}_{key_id}_{secret}", hash_of(secret)


def hash_of(secret: str) -> str:
    """SHA-256 in hexadecimal: the secret has 256 random bits, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def split(presented: str) -> tuple[str, str] | None:
    """(public id, secret) of what was presented, None where it is no key of ours."""
    parts = presented.split("_", 2)
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == PREFIX else None  # noqa: PLR2004


def matches(secret: str, kept: str) -> bool:
    """Whether the secret is the one whose hash is kept, in constant time."""
    return hmac.compare_digest(hash_of(secret), kept)
