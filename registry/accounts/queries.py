"""Reading accounts and keys."""

import sqlalchemy as sa

from registry.accounts.model import Account, ApiKey
from registry.kernel import clock
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db


def accounts() -> list[Account]:
    """All accounts, by e-mail."""
    return list(db.session.scalars(sa.select(Account).order_by(Account.email)))


def logged_in(uniquifier: str) -> Account | None:
    """The account whose session carries this, None where it is closed or its sessions have ended."""
    return db.session.scalar(sa.select(Account).filter_by(fs_uniquifier=uniquifier, active=True))


def is_staffed(office: str) -> bool:
    """Whether somebody of the carrier's staff has a log-in at a province's office."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Account.office == office, Account.active))))


def api_keys(request: PageRequest) -> Page[ApiKey]:
    """Keys by their public part."""
    query = sa.select(ApiKey).where(ApiKey.key_id > request.after).order_by(ApiKey.key_id).limit(request.limit + 1)
    rows = db.session.scalars(query).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], rows[request.limit - 1].key_id if more else "")


def api_key(key_id: str) -> ApiKey:
    """One key.

    Raises NotFound.
    """
    key = db.session.scalar(sa.select(ApiKey).filter_by(key_id=key_id))
    if key is None:
        raise NotFound("no_such_key", f"there is no key {key_id}")
    return key


def working_key(key_id: str) -> ApiKey | None:
    """The key, None where there is none or it has ended."""
    key = db.session.scalar(sa.select(ApiKey).filter_by(key_id=key_id, withdrawn_at=None))
    return None if key is None or (key.expires_at is not None and key.expires_at <= clock.now()) else key
