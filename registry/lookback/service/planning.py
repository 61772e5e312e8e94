"""Making plans, and setting them to rest."""

import dataclasses
import datetime as dt
import secrets

from registry import audit
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Invalid
from registry.lookback import policy, queries
from registry.lookback.kinds import Cohort, RunState
from registry.lookback.model import Plan, Run
from registry.lookback.values import MOST_SEED, PlanValues
from registry.lookback.workflow import PLAN, RUN
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect
from registry.store.work import explain_constraint

explain_constraint(
    "uq_lookback_plan_name", "plan_exists", "a look-back plan of this name is on record", "choose another name"
)
explain_constraint("ix_lookback_run_one_open", "run_open", "a run of this plan is under way", "wait until it has ended")


def add_plan(actor: Actor, values: PlanValues) -> Plan:
    """A plan, due at once where it says how often. Raises Invalid, and Conflict where its name is taken."""
    actor.require(PLAN)
    values = values.checked()
    with unit_of_work() as session:
        row = Plan(
            **dataclasses.asdict(values) | {"cohort": Cohort(values.cohort), "subjects": list(values.subjects)},
            key=new_key("LBP"),
            active=True,
            due_on=clock.today() if values.every else None,
            made_by=actor.name,
            made_at=clock.now(),
            version=1,
        )
        session.add(row)
        audit.record(actor, "lookback.plan", "lookback_plan", row.key, after=dataclasses.asdict(values))
    return row


def rest(actor: Actor, key: str, *, version: int | None = None) -> Plan:
    """The plan is no longer due by itself. Raises NotFound."""
    return _set_active(actor, key, version, active=False)


def resume(actor: Actor, key: str, *, version: int | None = None) -> Plan:
    """The plan is due by itself again. Raises NotFound."""
    return _set_active(actor, key, version, active=True)


def _set_active(actor: Actor, key: str, version: int | None, *, active: bool) -> Plan:
    actor.require(PLAN)
    with unit_of_work():
        row = queries.plan(actor, key)
        expect(row, version)
        before, row.active = row.active, active
        verb = "lookback.resume" if active else "lookback.rest"
        audit.record(actor, verb, "lookback_plan", row.key, before={"active": before}, after={"active": active})
    return row


def order(actor: Actor, plan: str, *, to_day: dt.date | None = None) -> Run:
    """Have a plan run: its open run where there is one, else a new one that nobody has begun yet.

    to_day: the last day whose facts are judged, yesterday where not said. The caller has it carried out: at once, or by
    the worker (`jobs.enqueue("lookback.run", once="lookback.run")` in the same unit of work).
    Raises NotFound, Invalid for a day to come.
    """
    actor.require(RUN)
    with unit_of_work() as session:
        row = queries.plan(actor, plan)
        session.refresh(row, with_for_update=True)
        opened = next((each for each in queries.unfinished() if each.plan_id == row.id), None)
        return opened or _open(actor, row, _last_day(to_day))


def _last_day(to_day: dt.date | None) -> dt.date:
    if to_day is not None and not dt.date(2000, 1, 1) <= to_day <= clock.today():
        raise Invalid("bad_day", f"{to_day} is no day that could be looked back at", fix="give a day gone by")
    return to_day or clock.today() - dt.timedelta(days=1)


def _open(actor: Actor, plan: Plan, to_day: dt.date) -> Run:
    first, last = policy.span(to_day, plan.days) or (None, None)
    with unit_of_work() as session:
        run = Run(
            key=new_key("LBR"),
            plan_id=plan.id,
            plan_row=plan,
            state=RunState.ORDERED,
            asked_by=actor.name,
            ordered_at=clock.now(),
            from_day=first,
            to_day=last,
            seed=plan.seed if plan.seed is not None else secrets.randbelow(MOST_SEED),
            population=0,
            rules=[],
            facts=[],
            lacking=[],
            counts=[],
        )
        session.add(run)
        session.flush()
        audit.record(actor, "lookback.order", "lookback_run", run.key, after={"plan": plan.key})
    return run
