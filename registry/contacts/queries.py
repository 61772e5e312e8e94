"""Reading changes of contact: a company its own."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from registry.contacts.kinds import ContactPart
from registry.contacts.model import ContactChange
from registry.contacts.workflow import ContactState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys


def one(actor: Actor, key: str, *, lock: bool = False) -> ContactChange:
    """One change. Raises NotFound, also for another company's."""
    query = _visible(actor).where(ContactChange.key == key)
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("no_such_change", f"there is no change {key[:60]}")
    return found


def listed(
    actor: Actor,
    request: PageRequest,
    *,
    enterprise: str = "",
    state: str = "",
    overdue: bool = False,
    standing: bool = False,
) -> Page[ContactChange]:
    """Changes by key, which is by age: of an enterprise, of a state, overdue, or those that say what stands now."""
    given = {"enterprise": enterprise, "state": state}
    query = _visible(actor).filter_by(**{name: value for name, value in given.items() if value})
    if overdue:
        waits = ContactChange.state.in_([ContactState.EXPECTED, ContactState.REFUSED])
        query = query.where(waits, ContactChange.due_on < clock.today())
    if standing:
        query = query.where(ContactChange.id.in_(_standing()))
    return page_of_keys(query, ContactChange.key, request)


def accepted(enterprise: str, part: ContactPart) -> list[ContactChange]:
    """The accepted changes of one part of an enterprise's contact, the one that counts first."""
    query = sa.select(ContactChange).filter_by(enterprise=enterprise, part=part, state=ContactState.ACCEPTED)
    return list(db.session.scalars(query.order_by(*_NEWEST)))


def _standing() -> sa.Select[int]:
    """Of each part of each enterprise the accepted change that happened last."""
    each = (ContactChange.enterprise, ContactChange.part)
    taken = sa.select(ContactChange.id).ext(distinct_on(*each)).where(ContactChange.state == ContactState.ACCEPTED)
    return taken.order_by(*each, *_NEWEST)


_NEWEST = (ContactChange.changed_on.desc(), ContactChange.key.desc())


def overdue() -> list[ContactChange]:
    """Changes that staff expects and that should have been reported by now."""
    query = sa.select(ContactChange).where(
        ContactChange.state == ContactState.EXPECTED, ContactChange.due_on < clock.today()
    )
    return list(db.session.scalars(query.order_by(ContactChange.key)))


def _visible(actor: Actor) -> sa.Select[ContactChange]:
    query = sa.select(ContactChange)
    return query.where(ContactChange.enterprise == actor.enterprise) if actor.is_company else query
