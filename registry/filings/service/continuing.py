"""What stands goes on: for longer, or again after a lapse."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.filings.changing import RenewalContent
from registry.filings.kinds import Kind
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.standing import Standing
from registry.permits import service as permits
from registry.permits.model import Permit
from registry.ports.model import Delegation, Port
from registry.signatures.model import Letter, Signature
from registry.store import unit_of_work
from registry.store.lists import of_object
from registry.store.periods import known, prolong

PERMISSION = "registry.change"

_ENTRIES: dict[str, tuple[Any, Callable[[Any], tuple[str, ...]]]] = {
    Kind.PORT: (Port.port, lambda row: (row.holder,)),
    Kind.DELEGATION: (Delegation.key, lambda row: (row.from_enterprise, row.to_enterprise)),
    Kind.SIGNATURE: (Signature.key, lambda row: (row.owner,)),
    Kind.LETTER: (Letter.key, lambda row: (row.owner, row.applicant)),
    Kind.PERMIT: (Permit.key, permits.concerned),
}


def renew(actor: Actor, content: RenewalContent, at: dt.datetime) -> str:
    """The entry counts until the new end; one that has lapsed counts again from now on, with the gap between.

    Answers its key. Raises NotFound, Conflict where something else has taken its place meanwhile.
    """
    actor.require(PERMISSION)
    column, concerned = _ENTRIES[content.subject_kind]
    table = column.class_
    with unit_of_work() as session:
        query = sa.select(table).where(column == content.subject, known(table)).order_by(table.valid.desc())
        row = session.scalar(query.limit(1))
        if row is None:
            raise NotFound(f"no_such_{content.subject_kind}", f"there is no {content.subject_kind} {content.subject}")
        before, lapsed = of_object(row), row.valid_until is not None and row.valid_until <= at
        standing = {"standing": Standing.VERIFIED} if hasattr(row, "standing") else {}
        later = prolong(row, content.valid_until, at, actor.name, **standing)
        session.flush()
        verb = f"{content.subject_kind}.{'opened' if lapsed else 'renewed'}"
        tell(actor, verb, content.subject, later, concerned(later), before=before)
    return content.subject
