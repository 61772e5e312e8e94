"""What holders and staff do about items. Every function answers the item; all raise NotFound, Conflict, Stale."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.due import end_of
from registry.kernel.errors import Conflict, FieldError, Invalid
from registry.lookback.kinds import ItemState
from registry.lookback.model import Item
from registry.lookback.service.items import move, note, seen
from registry.lookback.service.running import answer_due
from registry.lookback.service.telling import tell_of_item
from registry.lookback.verifying import verify
from registry.lookback.workflow import JUDGE
from registry.measures import service as measures
from registry.measures.model import Measure
from registry.measures.values import MeasureValues
from registry.papers import queries as papers_of
from registry.store import unit_of_work


def answer(actor: Actor, key: str, text: str, papers: Iterable[str] = (), *, version: int | None = None) -> Item:
    """The holder says what it is; `papers` are keys of its own uploads. Raises NotFound for another's item or paper."""
    listed = list(papers)
    with unit_of_work():
        item = move(actor, key, "answer", _said(text), version=version, papers=listed)
        for paper in listed:
            papers_of.paper(actor, paper)
        item.answered_at = clock.now()
    return item


def judge_passed(actor: Actor, key: str, text: str, *, version: int | None = None) -> Item:
    """Staff finds it in order: an entry that was inherited stands verified from now on."""
    with unit_of_work():
        item = move(actor, key, "pass", _said(text), version=version)
        item.judged_by, item.overdue_at = actor.name, None
        verify(actor, item.subject_kind, item.subject, f"look-back {item.key}: {text}")
    return item


def judge_failed(actor: Actor, key: str, text: str, *, version: int | None = None) -> Item:
    """Staff finds that it does not stand; a measure can be proposed (`propose_measure`)."""
    with unit_of_work():
        item = move(actor, key, "fail", _said(text), version=version)
        item.judged_by = actor.name
    return item


def except_until(actor: Actor, key: str, text: str, until: dt.datetime, *, version: int | None = None) -> Item:
    """Staff lets it be until a day, for a reason; it is not verified by that. Raises Invalid for a day gone by."""
    if until <= clock.now():
        error = FieldError("until", "past", "it lies in the past", "give a day to come")
        raise Invalid("exception_past", "an exception ends on a day to come", fields=[error])
    with unit_of_work():
        item = move(actor, key, "except", _said(text), version=version, until=until)
        item.judged_by, item.excepted_until = actor.name, until
    return item


def ask(actor: Actor, key: str, text: str, *, due: dt.date | None = None, version: int | None = None) -> Item:
    """Staff asks the holder (again), until the end of a day or as long as the plan says.

    Raises Invalid for a day that is gone.
    """
    with unit_of_work():
        item = move(actor, key, "ask", _said(text), version=version)
        item.due_at = end_of(due) if due else answer_due(item.run_row.plan_row)
        item.overdue_at, item.reminders, item.answered_at = None, 0, None
        tell_of_item(item, text)
    return item


def give_up(actor: Actor, key: str, text: str, *, version: int | None = None) -> Item:
    """Staff notes that the holder cannot be reached."""
    return move(actor, key, "give_up", _said(text), version=version)


def propose_measure(actor: Actor, key: str, values: MeasureValues, *, version: int | None = None) -> Measure:
    """Propose a measure on what failed: nothing is taken away before somebody imposes it.

    `values`: its subject is set to the item's. Raises Conflict where the item has not failed or has one already.
    """
    actor.require(JUDGE)
    with unit_of_work() as session:
        item = seen(actor, session, key, version)
        if item.state is not ItemState.FAILED or item.measure:
            why = f"{item.measure} is proposed already" if item.measure else f"it is {item.state}, not failed"
            raise Conflict("no_measure", f"no measure can be proposed for {key}: {why}")
        measure = measures.propose(actor, _about(item, values))
        item.measure = measure.key
        note(session, item, actor, "propose", values.reason, before=item.state, measure=measure.key)
        session.flush()
    return measure


def _about(item: Item, values: MeasureValues) -> MeasureValues:
    kind, subject = item.upon
    return replace(
        values,
        subject_kind=kind,
        subject=subject,
        finding=values.finding or next(iter(item.findings), ""),
        enterprise=values.enterprise or item.enterprise,
    )


def _said(text: str) -> str:
    if not text.strip():
        error = FieldError("text", "missing", "it is empty", "say in a sentence what it rests on")
        raise Invalid("reason_missing", "this needs words", fields=[error])
    return text.strip()
