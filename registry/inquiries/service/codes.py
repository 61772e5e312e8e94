"""One-time codes: 192 random bits, kept as their hash, opened as often as one likes and used once."""

import datetime as dt
import hashlib
import secrets

from registry import settings
from registry.inquiries.model import OwnerCode
from registry.kernel import clock
from registry.store import db
from registry.store.columns import new_key

BYTES = 24


def link_to(owner: str, address_hash: str, expires_at: dt.datetime | None) -> str:
    """A link that opens an owner's page until then; empty where nobody knows under which address the console stands."""
    base = settings.current().base_url
    if not base or expires_at is None:
        return ""
    code = secrets.token_urlsafe(BYTES)
    row = OwnerCode(
        key=new_key("OWC"),
        code_hash=hash_of(code),
        owner=owner,
        address_hash=address_hash,
        made_at=clock.now(),
        expires_at=expires_at,
    )
    db.session.add(row)
    return f"{base}/owner/{code}"


def hash_of(code: str) -> str:
    """SHA-256 in hexadecimal: the code has 192 random bits, so nothing slower is needed."""
    return hashlib.sha256(code.encode()).hexdigest()
