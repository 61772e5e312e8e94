"""Publishing a change in the commit that makes it."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry.audit.service import plain
from registry.changes.model import Change, ChangeHead
from registry.kernel import clock
from registry.store.work import before_commit, waiting


def publish(
    kind: str,
    key: str,
    action: str,
    effective_at: dt.datetime,
    payload: dict[str, Any],
    enterprise: str | tuple[str, ...] | None = None,
) -> None:
    """Have one row of the change feed written with the present unit of work's commit.

    kind: what changed (port, delegation, signature, letter, permit, measure); action: opened, changed, ended;
    enterprise: whom it concerns, one or several.
    """
    change = Change(
        recorded_at=clock.now(),
        effective_at=effective_at,
        kind=kind,
        action=action,
        key=key,
        enterprises=_concerned(enterprise),
        payload=plain(payload),
    )
    waiting("changes").append(change)


def _concerned(enterprise: str | tuple[str, ...] | None) -> list[str]:
    named = (enterprise,) if isinstance(enterprise, str) else enterprise or ()
    return list(dict.fromkeys(filter(None, named)))


@before_commit
def _number_waiting(session: Session) -> None:
    rows = waiting("changes")
    if not rows:
        return
    query = sa.select(ChangeHead).with_for_update().execution_options(populate_existing=True)
    head = session.execute(query).scalar_one()
    for change in rows:
        head.position += 1
        change.position = head.position
        session.add(change)
    rows.clear()
