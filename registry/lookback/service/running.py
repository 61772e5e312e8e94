"""Carrying a run out: freeze, look at the records once, then item by item in a commit of its own each.

Killed half-way it goes on where it stopped: what is done is committed, what is not is still `waiting`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.detection import service as detection
from registry.jobs.lease import Lease, lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Problem
from registry.kernel.sentence import Sentence
from registry.law import calendar, provisions
from registry.lookback import policy, queries, rechecking, records, sentences
from registry.lookback.kinds import WITH_STANDING, ItemState, RunState, Weight
from registry.lookback.model import Item, Plan, Run
from registry.lookback.policy import Reason
from registry.lookback.service.freezing import freeze
from registry.lookback.service.items import locked, locked_run, note
from registry.lookback.service.planning import order
from registry.lookback.service.telling import tell_of_run
from registry.lookback.verifying import verify
from registry.lookback.workflow import CONCLUDING, MACHINE, RUN
from registry.store import db, unit_of_work
from registry.traffic import service as traffic

LEASE = "look-back"
CHUNK = 1000
Watch = Callable[[str, int, int], None]  # what is done, how many, of how many


def _nobody(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""


def run_plan(actor: Actor, plan: str, *, to_day: dt.date | None = None, watch: Watch = _nobody) -> Run:
    """Run a plan now, or go on with its run that was broken off.

    to_day: the last day whose facts are judged, yesterday where not said.
    Raises NotFound, and Conflict `busy` where another process looks back.
    """
    actor.require(RUN)
    with lease(LEASE) as held:
        run = order(actor, plan, to_day=to_day)
        return _carry_out(held, actor, run.key, watch)


def run_due(actor: Actor, watch: Watch = _nobody) -> list[Run]:
    """Go on with every run that was broken off, and run every plan that is due. Raises Conflict `busy`."""
    actor.require(RUN)
    with lease(LEASE) as held:
        due = sa.select(Plan.key).where(Plan.active, Plan.due_on <= clock.today()).order_by(Plan.due_on, Plan.key)
        plans = [*(run.plan for run in queries.unfinished()), *db.session.scalars(due)]
        return [_carry_out(held, actor, order(actor, plan).key, watch) for plan in dict.fromkeys(plans)]


def go_on(actor: Actor, watch: Watch = _nobody) -> list[Run]:
    """Carry out every run that was ordered or broken off: the worker's part. Raises Conflict `busy`."""
    actor.require(RUN)
    with lease(LEASE) as held:
        return [_carry_out(held, actor, run.key, watch) for run in queries.unfinished()]


def _carry_out(held: Lease, actor: Actor, key: str, watch: Watch) -> Run:
    run = queries.run(actor, key)
    if run.state is RunState.ORDERED:
        if run.to_day:
            traffic.settle(actor, clock.midnight(run.to_day + dt.timedelta(days=1)))
        freeze(actor, key)
        run = queries.run(actor, key)
    if run.judged_at is None:
        _look_at_records(held, actor, run, watch)
    _conclude_all(actor, run, watch)
    return _finish(actor, key)


def _look_at_records(held: Lease, actor: Actor, run: Run, watch: Watch) -> None:
    """The rules over the frozen facts, once; what they show of each item is kept in one commit."""
    if run.plan_row.findings and run.from_day and run.to_day:
        detection.run(actor, run.from_day, run.to_day, watch=watch)
    items = list(db.session.scalars(sa.select(Item).where(Item.run_id == run.id).order_by(Item.key)))
    with clock.frozen(_clock(run)):
        shown = records.look(run, items, watch)
    with unit_of_work() as session:
        run = locked_run(session, run.key)
        run.counts, run.judged_at = shown.counts, clock.now()
        _keep(session, shown.sights)
        held.confirm()
        session.flush()  # what is not written yet would be forgotten
        session.expire_all()


def _keep(session: Session, sights: dict[int, records.Sight]) -> None:
    table, rows = Item.__table__, [_row(number, sight) for number, sight in sights.items()]
    new = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in ("seen", "findings", "reasons")}
    change = sa.update(table).where(table.c.id == sa.bindparam("item")).values(new)  # type: ignore[arg-type]
    for start in range(0, len(rows), CHUNK):
        session.connection().execute(change, rows[start : start + CHUNK])


def _row(number: int, sight: records.Sight) -> dict[str, Any]:
    reasons = [reason.as_json() for reason in sight.reasons()]
    return {"item": number, "new_seen": sight.as_json(), "new_findings": sight.findings(), "new_reasons": reasons}


def _conclude_all(actor: Actor, run: Run, watch: Watch) -> None:
    of_all = _reasons_of_all(run)
    total = queries.totals(run)
    waiting = sa.select(Item.key, Item.subject_kind, Item.subject)
    waiting = waiting.where(Item.run_id == run.id, Item.state == ItemState.WAITING).order_by(Item.key)
    for place, (key, kind, subject) in enumerate(db.session.execute(waiting).all(), total["items"] - total["waiting"]):
        watch(subject, place, total["items"])
        with clock.frozen(_clock(run)):
            checked = rechecking.reasons(actor, kind, subject)
        _conclude(actor, run, key, [*(of_all if kind in WITH_STANDING else ()), *checked])


def _reasons_of_all(run: Run) -> list[Reason]:
    """What leaves every item open that records speak of: rules that broke off, days without records."""
    failed = [each["rule"] for each in run.counts if each["failed"]]
    reasons = [Reason("rule", code, Weight.LACKS, sentences.rule_failed(code)) for code in failed]
    if run.lacking:
        reasons.append(Reason("facts", "NO_RECORDS", Weight.LACKS, sentences.days_lacking(run.lacking)))
    return reasons


def _conclude(actor: Actor, run: Run, key: str, reasons: list[Reason]) -> None:
    """One item, in a commit of its own. What keeps it from being settled is said of it and stops no other."""
    try:
        _settle(actor, run, key, reasons)
    except Problem as problem:
        said = Sentence(problem.detail, problem.detail)
        _settle(actor, run, key, [*reasons, Reason("check", problem.code, Weight.LACKS, said)])


def _settle(actor: Actor, run: Run, key: str, more: list[Reason]) -> None:
    with unit_of_work() as session:
        item = locked(session, key)
        if item is None or item.state is not ItemState.WAITING:
            return
        reasons = [*(each.as_json() for each in more), *item.reasons]
        excepted = _exception(item, _clock(run))
        state = policy.decide((Weight(each["weight"]) for each in reasons), excepted=excepted is not None)
        if state is ItemState.EXCEPTED:
            item.excepted_until = excepted
            reasons.append(Reason("exception", "EXCEPTED_BEFORE", Weight.ASKS, sentences.EXCEPTED_BEFORE).as_json())
        item.state = MACHINE.move(item, item.state, CONCLUDING[state], actor)
        item.reasons, item.concluded_at = reasons, clock.now()
        verified = state is ItemState.PASSED and verify(actor, item.subject_kind, item.subject, f"look-back {item.key}")
        if state is ItemState.NEEDS_ANSWER:
            item.due_at = answer_due(run.plan_row)
            tell_of_run(item)
        after = {"codes": sorted({each["code"] for each in reasons}), "verified": verified}
        note(session, item, actor, "conclude", "", before=ItemState.WAITING, **after)


def _exception(item: Item, at: dt.datetime) -> dt.datetime | None:
    """Until when staff excepted the same thing in an earlier run, where that has not run out."""
    query = sa.select(Item.excepted_until).where(
        Item.subject_kind == item.subject_kind,
        Item.subject == item.subject,
        Item.state == ItemState.EXCEPTED,
        Item.excepted_until > at,
    )
    return db.session.scalar(query.order_by(Item.key.desc()).limit(1))


def answer_due(plan: Plan) -> dt.datetime:
    """Until when a holder that is asked now is to answer: the end of that working day."""
    days = plan.answer_days or provisions.integer("lookback.answer_due", clock.today())
    return clock.midnight(calendar.add_working_days(clock.today(), days) + dt.timedelta(days=1))


def _finish(actor: Actor, key: str) -> Run:
    with unit_of_work() as session:
        run = locked_run(session, key)
        totals = queries.totals(run)
        if run.ended_at is not None or totals["waiting"]:
            return run
        open_ends = totals["not_checkable"] or run.lacking or any(each["failed"] for each in run.counts)
        run.state = RunState.INCOMPLETE if open_ends else RunState.COMPLETE
        run.ended_at = clock.now()
        run.plan_row.due_on = policy.following(run.plan_row.every, clock.local_day(_clock(run)))
        audit.record(actor, "lookback.end", "lookback_run", key, after={"state": run.state, **totals})
    return run


def _clock(run: Run) -> dt.datetime:
    if run.clock is None:
        raise RuntimeError("a run that is carried out has its clock")
    return run.clock
