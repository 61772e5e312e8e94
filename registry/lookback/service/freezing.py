"""The beginning of a run: cohort, clock, rules, checks and facts are frozen in one commit."""

from typing import Any

import sqlalchemy as sa

from registry import audit
from registry.filings.engine import catalogue as checks
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.lookback import cohort, policy, records
from registry.lookback.kinds import ItemState, RunState
from registry.lookback.model import Item, Run
from registry.lookback.service.items import locked_run
from registry.lookback.workflow import RUN
from registry.store import unit_of_work

CHUNK = 5000


def freeze(actor: Actor, key: str) -> None:
    """List the items of an ordered run, and fix what they are judged by; nothing happens to a run that has begun."""
    actor.require(RUN)
    with unit_of_work() as session:
        run = locked_run(session, key)
        if run.state is not RunState.ORDERED:
            return
        now = clock.now()
        members = cohort.members(run.plan_row, now)
        kept = policy.sampled([_name(each) for each in members], run.plan_row.sample, run.seed or 0)
        chosen = [each for each in members if _name(each) in kept]
        run.clock, run.population, run.state = now, len(members), RunState.RUNNING
        _freeze_facts(run)
        run.rules = [*records.frozen_rules(), *_frozen_checks()]
        for start in range(0, len(chosen), CHUNK):
            rows = [_row(run, start + place, each) for place, each in enumerate(chosen[start : start + CHUNK])]
            session.execute(sa.insert(Item), rows)
        after = {"items": len(chosen), "population": run.population, "seed": run.seed, "facts": len(run.facts)}
        days = {"from_day": run.from_day, "to_day": run.to_day}
        audit.record(actor, "lookback.begin", "lookback_run", run.key, after=after | days)


def _freeze_facts(run: Run) -> None:
    if run.from_day is None or run.to_day is None:
        return
    span = run.from_day, run.to_day
    run.facts = records.frozen_facts(*span)
    delivered = {each["day"] for each in run.facts if each["kind"] == "base"}
    run.lacking = [day for day in policy.days_of(*span) if day not in delivered]


def _name(member: cohort.Member) -> str:
    return f"{member.kind} {member.key}"


def _frozen_checks() -> list[dict[str, Any]]:
    return [{"code": check.code, "title": check.document.title, "parameters": {}} for check in checks()]


def _row(run: Run, place: int, member: cohort.Member) -> dict[str, Any]:
    return {
        "key": f"LBI{run.key.removeprefix('LBR')}-{place:07d}",  # in the order of their turns
        "run_id": run.id,
        "subject_kind": member.kind,
        "subject": member.key,
        "label": member.label,
        "port": member.port,
        "signature": member.signature,
        "enterprise": member.enterprise,
        "standing": member.standing,
        "state": ItemState.WAITING,
        "reasons": [],
        "seen": {},
        "findings": [],
        "reminders": 0,
        "judged_by": "",
        "measure": "",
        "version": 1,
    }
