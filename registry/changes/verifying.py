"""From inherited or provisional to verified: the entry goes on as it is, and says from when on it was checked here."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from registry.changes.telling import tell
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.standing import Standing
from registry.store import db, unit_of_work
from registry.store.lists import of_object
from registry.store.periods import change, in_force

PERMISSION = "registry.verify"


def verify(
    actor: Actor,
    kind: str,
    column: Any,
    key: str,
    concerned: Callable[[Any], tuple[str, ...]],
    reason: str,
) -> bool:
    """Have the entry in force under a key stand as verified from now on; False where it did, or where there is none.

    column: where its table keeps the key. concerned: the enterprises that follow it.
    """
    actor.require(PERMISSION)
    table = column.class_
    with unit_of_work() as session:
        row = db.session.scalar(sa.select(table).where(column == key, in_force(table)))
        if row is None or row.standing is Standing.VERIFIED:
            return False
        before = of_object(row)
        later = change(row, clock.now(), actor.name, standing=Standing.VERIFIED)
        session.flush()
        tell(actor, f"{kind}.verified", key, later, concerned(later), before=before, reason=reason)
    return True
