"""Reading lookups: the list, and the last word about several subjects at a time."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.law import provisions
from registry.lookups.kinds import Answer, LookupKind
from registry.lookups.model import Lookup
from registry.store import db
from registry.store.lists import page_of_keys

Subject = tuple[LookupKind, str]


def one(key: str) -> Lookup:
    """One lookup. Raises NotFound."""
    found = db.session.scalar(sa.select(Lookup).where(Lookup.key == key))
    if found is None:
        raise NotFound("no_such_lookup", f"there is no lookup {key[:60]}")
    return found


def listed(request: PageRequest, **filters: str | None) -> Page[Lookup]:
    """Lookups by key, which is by age: of a kind, a subject, a result."""
    query = sa.select(Lookup).filter_by(**{name: value for name, value in filters.items() if value})
    return page_of_keys(query, Lookup.key, request)


def last_of(subjects: Iterable[Subject], at: dt.datetime) -> dict[Subject, Lookup]:
    """What counts about each subject at a moment: its last answer within the days, else the last try without one."""
    wanted = list(subjects)
    if not wanted:
        return {}
    since = at - dt.timedelta(days=provisions.integer("lookups.fresh", at))
    query = sa.select(Lookup).where(
        sa.tuple_(Lookup.kind, Lookup.subject).in_(wanted), Lookup.at <= at, Lookup.at > since
    )
    found: dict[Subject, Lookup] = {}
    for row in db.session.scalars(query.order_by(Lookup.at, Lookup.id)):
        if row.answer is not Answer.NOT_REACHABLE or _silent(found.get((row.kind, row.subject))):
            found[row.kind, row.subject] = row
    return found


def of_digest(digest: str, but: Subject) -> Lookup | None:
    """A lookup of another subject of the same kind that has the very same raw answer."""
    query = sa.select(Lookup).where(Lookup.digest == digest, Lookup.kind == but[0], Lookup.subject != but[1])
    return db.session.scalar(query.limit(1))


def _silent(row: Lookup | None) -> bool:
    return row is None or row.answer is Answer.NOT_REACHABLE
