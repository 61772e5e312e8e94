"""Running the rules, and working what they found: each use case in one unit of work."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit, jobs
from registry.detection import cases, engine, engines, judged, loading, recording, weighing
from registry.detection.catalogue import Rule, catalogue
from registry.detection.model import DetectionRun, Finding, FindingStep, RunState
from registry.detection.telling import tell_of
from registry.detection.verdicts import CONFIRMING, Verdict
from registry.detection.workflow import MACHINE, FindingState
from registry.jobs.lease import lease, left_to_others
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.due import end_of
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.law import calendar, provisions
from registry.measures import service as measures
from registry.measures.model import Measure
from registry.measures.values import MeasureValues
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect
from registry.traffic import service as traffic

MOST_DAYS = 400
LEASE = "detection run "  # and its key: held by who works at it

Watch = Callable[[str, int, int], None]  # what is done, how many, of how many


def _nobody(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""


def run(
    actor: Actor,
    from_day: dt.date,
    to_day: dt.date,
    rules: Iterable[str] = (),
    watch: Watch = _nobody,
    *,
    on: str = "",
) -> DetectionRun:
    """Apply the rules to these days (both included) and record what they hit; `on` names an engine.

    Raises Invalid for an impossible span or an unknown rule, Unavailable where the engine is not installed.
    """
    actor.require("detection.run")
    end_broken_off(actor)
    key = new_key("RUN")
    with lease(LEASE + key):
        order(actor, from_day, to_day, rules, on=on, key=key)
        return _work_at(actor, key, rules, watch)


def order(
    actor: Actor, from_day: dt.date, to_day: dt.date, rules: Iterable[str] = (), *, on: str = "", key: str = ""
) -> str:
    """Note that a run is wanted: its key. Raises Invalid and Unavailable as `run` does."""
    actor.require("detection.run")
    _chosen(from_day, to_day, rules)
    engines.check(on)
    with unit_of_work() as session:
        row = DetectionRun(
            key=key or new_key("RUN"),
            from_day=from_day,
            to_day=to_day,
            state=RunState.RUNNING,
            asked_by=actor.name,
            started_at=clock.now(),
            outcomes=[],
            error="",
            engine=on,
        )
        session.add(row)
    return row.key


def carry_out(actor: Actor, key: str, rules: Iterable[str] = (), watch: Watch = _nobody) -> DetectionRun:
    """Do what was ordered. A run that ends in an error says so. Raises Conflict `busy` where somebody is at it."""
    with lease(LEASE + key):
        return _work_at(actor, key, rules, watch)


def end_broken_off(actor: Actor) -> None:
    """Say that runs failed whose process was killed: nobody is at them, and the worker is not to do them."""
    with unit_of_work() as session:
        going = sa.select(DetectionRun.key).where(DetectionRun.state == RunState.RUNNING)
        for key in set(session.scalars(going)) - jobs.in_hand("detection.run"):
            with left_to_others(), lease(LEASE + key):
                if session.scalar(going.where(DetectionRun.key == key)):  # it may have ended just now
                    _fail(actor, key, "killed")


def _work_at(actor: Actor, key: str, rules: Iterable[str], watch: Watch) -> DetectionRun:
    with unit_of_work():
        row = _run_of(key)
        row.state, row.ended_at, row.error = RunState.RUNNING, None, ""  # it may have been given up meanwhile
        row.started_at = clock.now()  # what it is judged by is what the registry knows now, not when it was ordered
    try:
        return _carry_out(actor, key, _chosen(row.from_day, row.to_day, rules), watch)
    except BaseException as error:
        _fail(actor, key, type(error).__name__)
        raise


def _chosen(from_day: dt.date, to_day: dt.date, rules: Iterable[str]) -> list[Rule]:
    if not from_day <= to_day < dt.date.max or (to_day - from_day).days > MOST_DAYS:
        error = FieldError(
            "to", "bad_span", f"from {from_day} to {to_day}", f"at most {MOST_DAYS} days, in their order"
        )
        raise Invalid("bad_span", "these days are no span to judge", fields=[error])
    known = catalogue()
    unknown = sorted(set(rules) - set(known))
    if unknown:
        raise Invalid("unknown_rule", f"no such rule: {', '.join(unknown)}", fix=f"one of {', '.join(known)}")
    return [rule for code, rule in known.items() if not rules or code in set(rules)]


def _carry_out(actor: Actor, key: str, chosen: list[Rule], watch: Watch) -> DetectionRun:
    row = _run_of(key)
    traffic.settle(actor, clock.midnight(row.to_day + dt.timedelta(days=1)))
    versions = judged.versions(row.from_day, row.to_day)  # before the facts: later ones are new
    connection = engines.connect(row.engine)
    try:
        world = loading.load(connection, row.from_day, row.to_day)
        outcomes = []
        for place, rule in enumerate(chosen):
            watch(rule.code, place, len(chosen))
            outcomes.append((rule, engine.apply(rule, world, row.to_day)))
        size = world.facts.agg(facts=world.facts.count(), messages=world.facts.messages.sum().fill_null(0))
        counted = world.rows(size).to_pylist()[0]
    finally:
        connection.disconnect()
    return _record(actor, key, outcomes, counted, versions)


def _record(
    actor: Actor,
    key: str,
    outcomes: list[tuple[Rule, engine.Outcome]],
    counted: dict[str, int],
    versions: dict[dt.date, int],
) -> DetectionRun:
    with unit_of_work() as session:
        row = _run_of(key)
        cases.alone(session)
        days = (row.from_day, row.to_day)
        opened = withdrawn = 0
        for rule, outcome in outcomes:
            if outcome.in_force and not outcome.failed:
                changes = recording.record(session, rule, outcome, key, days)
                opened, withdrawn = opened + len(changes.opened), withdrawn + len(changes.withdrawn)
        gathered = cases.gather(session, weighing.weights(session))
        row.state = RunState.INCOMPLETE if any(outcome.failed for _rule, outcome in outcomes) else RunState.COMPLETE
        if row.state is RunState.COMPLETE and len(outcomes) == len(catalogue()):
            judged.mark(session, row, versions)
        row.ended_at, row.facts, row.messages = clock.now(), counted["facts"], int(counted["messages"])
        row.outcomes = [outcome.as_json() for _rule, outcome in outcomes]
        after = {"days": days, "opened": opened, "withdrawn": withdrawn, "outcomes": row.outcomes, "state": row.state}
        after["cases"] = dataclasses.asdict(gathered) | {"opened": len(gathered.opened)}
        audit.record(actor, "detection.run", "detection_run", key, after=after)
    return row


def _fail(actor: Actor, key: str, error: str) -> None:
    with unit_of_work():
        row = _run_of(key)
        row.state, row.ended_at, row.error = RunState.FAILED, clock.now(), error
        audit.record(actor, "detection.failed", "detection_run", key, after={"error": row.error})


def _run_of(key: str) -> DetectionRun:
    with unit_of_work() as session:
        row = session.scalar(sa.select(DetectionRun).filter_by(key=key))
        if row is None:
            raise NotFound("no_such_run", f"there is no detection run {key}")
        return row


def notify(actor: Actor, key: str, text: str, *, due: dt.date | None = None, version: int | None = None) -> Finding:
    """Tell the answerable enterprise, and until when it is to answer (else as the provision says).

    Raises Invalid for a day that is gone.
    """
    with unit_of_work():
        finding = _move(actor, key, "notify", version, text)
        days = provisions.integer("findings.answer_due", clock.today())
        finding.due_at = end_of(due or calendar.add_working_days(clock.today(), days))
        tell_of(finding, text)
    return finding


def answer(actor: Actor, key: str, text: str, papers: Iterable[str] = (), *, version: int | None = None) -> Finding:
    """The answerable enterprise says what it was."""
    return _move(actor, key, "answer", version, text, papers=list(papers))


def judge(actor: Actor, key: str, verdict: Verdict, text: str, *, version: int | None = None) -> Finding:
    """Staff says what it was, from the closed list. Raises Invalid without a reason."""
    if not text.strip():
        raise Invalid("reason_missing", "a verdict needs its reason", fix="say in a sentence what it rests on")
    action = "confirm" if verdict in CONFIRMING else "dismiss"
    with unit_of_work():
        finding = _move(actor, key, action, version, text, verdict=verdict.value)
        finding.verdict = verdict
    return finding


def remedy(actor: Actor, key: str, text: str, *, version: int | None = None) -> Finding:
    """What was wrong has been put right."""
    return _move(actor, key, "remedy", version, text)


def reopen(actor: Actor, key: str, text: str, *, version: int | None = None) -> Finding:
    """Look at it once more."""
    with unit_of_work():
        finding = _move(actor, key, "reopen", version, text)
        finding.verdict, finding.due_at = None, None
    return finding


def merge(actor: Actor, key: str, into: str, text: str, *, version: int | None = None) -> Finding:
    """It is the same as another finding. Raises Conflict for itself or one that is merged away."""
    with unit_of_work():
        target = _locked(into)
        if into == key or target.state is FindingState.MERGED:
            raise Conflict("cannot_merge", f"{key} cannot be merged into {into}")
        finding = _move(actor, key, "merge", version, text, into=into)
        finding.merged_into = into
    return finding


def take_measure(actor: Actor, key: str, values: MeasureValues, *, version: int | None = None) -> Measure:
    """Impose a measure for a confirmed finding. Raises Conflict where it is not confirmed, else as the measure does."""
    with unit_of_work() as session:
        finding = _locked(key)
        expect(finding, version)
        if finding.state is not FindingState.CONFIRMED:
            raise Conflict("not_confirmed", "a measure follows a confirmed finding", fix="give the verdict first")
        said = replace(values, finding=key, enterprise=values.enterprise or finding.enterprise)
        measure = measures.impose_at_once(actor, said)
        content = {"measure": measure.key, "action": said.action, "subject": said.subject}
        _step(session, finding, actor, "measure", said.reason, content)
        finding.version += 1
    return measure


def _move(actor: Actor, key: str, action: str, version: int | None, text: str, **content: Any) -> Finding:
    """The one door: look-up, permission, guard, change, step and event."""
    with unit_of_work() as session:
        finding = _locked(key)
        _only_own(actor, finding)
        expect(finding, version)
        before = finding.state
        finding.state = MACHINE.move(finding, before, action, actor)
        _step(session, finding, actor, action, text, content)
        after = {"state": finding.state, **content}
        audit.record(actor, f"finding.{action}", "finding", key, before={"state": before}, after=after, reason=text)
        session.flush()
    return finding


def _locked(key: str) -> Finding:
    with unit_of_work() as session:
        finding = session.scalar(sa.select(Finding).filter_by(key=key).with_for_update())
        if finding is None:
            raise NotFound("no_such_finding", f"there is no finding {key}")
        return finding


def _only_own(actor: Actor, finding: Finding) -> None:
    hidden = finding.state is FindingState.OPEN or finding.enterprise != actor.enterprise
    if actor.is_company and hidden:
        raise NotFound("no_such_finding", f"there is no finding {finding.key}")


def _step(session: Session, finding: Finding, actor: Actor, action: str, text: str, content: dict[str, Any]) -> None:
    step = FindingStep(
        finding_id=finding.id, at=clock.now(), actor=actor.name, action=action, text=text, content=content
    )
    session.add(step)
    session.expire(finding, ["steps"])
