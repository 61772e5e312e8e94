"""The unit of work: the only place that commits.

A use case opens one; a use case that calls another joins the outer one. Just before the commit the rooms that asked
for it write what belongs to the same commit (the audit chain takes its lock last); deferred constraints are checked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from registry.kernel.errors import Conflict, Stale
from registry.store.database import db

_DEPTH = "unit_of_work_depth"
_ASIDE = "unit_of_work_aside"
_before_commit: list[Callable[[Session], None]] = []
_messages: dict[str, tuple[str, str, str]] = {}


def before_commit(hook: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register what is to be written last in every unit of work, in the order of registration."""
    if hook not in _before_commit:
        _before_commit.append(hook)
    return hook


def waiting(room: str) -> list[Any]:
    """What a room has put aside for the end of the present unit of work; forgotten when it fails."""
    aside: dict[str, list[Any]] = db.session.info.setdefault(_ASIDE, {})
    return aside.setdefault(room, [])


def explain_constraint(name: str, code: str, detail: str, fix: str = "") -> None:
    """Say for people what a constraint of the database means when it refuses a row."""
    _messages[name] = (code, detail, fix)


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """A session whose changes are committed together at the end, or not at all.

    Raises Conflict where a constraint of the database refuses a row.
    """
    session = db.session()
    depth = session.info.get(_DEPTH, 0)
    session.info[_DEPTH] = depth + 1
    try:
        yield session
        if depth == 0:
            _finish(session)
    except IntegrityError as error:
        _undo(session)
        raise _conflict(error) from error
    except StaleDataError as error:
        _undo(session)
        raise Stale("stale", "somebody changed this meanwhile", fix="read it again and decide anew") from error
    except BaseException:
        _undo(session)
        raise
    finally:
        session.info[_DEPTH] = depth


def _undo(session: Session) -> None:
    session.info.pop(_ASIDE, None)
    session.rollback()


def _finish(session: Session) -> None:
    session.flush()
    for hook in _before_commit:
        hook(session)
    session.flush()
    session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.commit()


def _conflict(error: IntegrityError) -> Conflict:
    name = constraint_of(error)
    code, detail, fix = _messages.get(name, ("constraint", f"a rule of the registry refuses this ({name})", ""))
    return Conflict(code, detail, fix=fix)


def constraint_of(error: DBAPIError) -> str:
    """The name of the constraint that refused, empty where the driver does not say."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
