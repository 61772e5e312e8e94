"""Having windows judged by the worker, each as a job of its own: several at once, the changed ones alone."""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import jobs
from registry.detection import service
from registry.detection.judged import Window, changed
from registry.detection.model import DetectionRun, RunState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.store import unit_of_work

PATIENCE = dt.timedelta(hours=1)  # before what failed by itself is tried again by itself


def order(actor: Actor, windows: Iterable[Window], *, on: str = "") -> list[str]:
    """Have the worker judge these windows, each as a job of its own: the runs' keys. Raises as `service.order`."""
    with unit_of_work():
        keys = [service.order(actor, first, last, on=on) for first, last in windows]
        for key in keys:
            jobs.enqueue("detection.run", key=key, rules=[])
    return keys


def order_changed(actor: Actor, *, on: str = "") -> list[str]:
    """Have the worker judge again what changed, except what is being judged: the keys of the runs."""
    actor.require("detection.run")
    with unit_of_work() as session:
        service.end_broken_off(actor)
        going = _spans(session, DetectionRun.state == RunState.RUNNING)
        return order(actor, [window for window in changed() if window not in going], on=on)


def judge_by_itself(actor: Actor) -> list[str]:
    """The same when nobody asked: what failed lately is left alone for a while."""
    with unit_of_work() as session:
        lately = DetectionRun.started_at > clock.now() - PATIENCE
        unwell = DetectionRun.state.in_([RunState.FAILED, RunState.INCOMPLETE])
        failed = _spans(session, sa.and_(unwell, lately))
        going = _spans(session, DetectionRun.state == RunState.RUNNING)
        return order(actor, [window for window in changed() if window not in going | failed])


def _spans(session: Session, which: sa.ColumnElement[bool]) -> set[Window]:
    rows = session.execute(sa.select(DetectionRun.from_day, DetectionRun.to_day).where(which))
    return {(row.from_day, row.to_day) for row in rows}
