"""Reading accounts and keys."""

from dataclasses import dataclass

import sqlalchemy as sa

from registry.accounts.model import Account, ApiKey, Deputy
from registry.kernel import clock
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys


def accounts() -> list[Account]:
    """All accounts, by e-mail."""
    return list(db.session.scalars(sa.select(Account).order_by(Account.email)))


def logged_in(uniquifier: str) -> Account | None:
    """The account whose session carries this, None where it is closed or its sessions have ended."""
    return db.session.scalar(sa.select(Account).filter_by(fs_uniquifier=uniquifier, active=True))


def deputies(request: PageRequest) -> Page[Deputy]:
    """Appointments of deputies, by key, which is by age."""
    return page_of_keys(sa.select(Deputy), Deputy.key, request)


def absent_now(deputy: str) -> list[Account]:
    """The colleagues in whose place somebody decides now."""
    now = clock.now()
    standing = sa.and_(Deputy.ended_at.is_(None), Deputy.valid_from <= now, now < Deputy.valid_until)
    query = sa.select(Account).join(Deputy, Deputy.absent == Account.email).where(Deputy.deputy == deputy, standing)
    return list(db.session.scalars(query.order_by(Account.email)).unique())


@dataclass(frozen=True, slots=True)
class Office:
    """A place where staff works: a province, or headquarters (an empty code); how many people have log-ins there."""

    office: str
    people: int


def offices() -> list[Office]:
    """Where the carrier's staff works, headquarters first."""
    office = sa.func.coalesce(Account.office, "")
    query = sa.select(office, sa.func.count()).where(Account.enterprise.is_(None), Account.active)
    rows = db.session.execute(query.group_by(office).order_by(office))
    return [Office(code, people) for code, people in rows]


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
