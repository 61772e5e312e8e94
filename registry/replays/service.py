"""Asking past facts: ordered by somebody, carried out by the worker or at once. Findings stay as they are."""

from typing import Any

import sqlalchemy as sa

from registry import audit
from registry.detection.catalogue import Rule
from registry.detection.model import Finding, RunState
from registry.detection.recording import tenant_names
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, NotFound
from registry.replays import comparing, explaining
from registry.replays.model import Replay
from registry.replays.values import Question, question_of
from registry.replays.worlds import before_and_after
from registry.store import unit_of_work
from registry.store.columns import new_key

PERMISSION = "detection.run"
MOST_WAITING = 10  # that are not done: each takes an engine for a while


def order(actor: Actor, question: Question) -> Replay:
    """Note what is asked. Raises Invalid for what cannot be asked, Conflict where too many wait."""
    actor.require(PERMISSION)
    return _order(actor, question.checked().as_json())


def order_again(actor: Actor, finding: str) -> Replay:
    """Note that what a finding rests on is to be applied again. Raises NotFound, Conflict where too many wait."""
    actor.require(PERMISSION)
    found = explaining.finding_of(actor, finding)
    return _order(actor, {}, found.key)


def _order(actor: Actor, question: dict[str, Any], finding: str = "") -> Replay:
    with unit_of_work() as session:
        waiting = session.scalar(sa.select(sa.func.count()).where(Replay.state == RunState.RUNNING))
        if waiting and waiting >= MOST_WAITING:
            raise Conflict("too_many", f"{waiting} replays are not done yet", fix="wait until some are")
        row = Replay(
            key=new_key("RPL"),
            finding=finding,
            question=question,
            state=RunState.RUNNING,
            asked_by=actor.name,
            asked_at=clock.now(),
            answer={},
            error="",
        )
        session.add(row)
        audit.record(actor, "replay.asked", "replay", row.key, after={"finding": finding, "question": question})
    return row


def carry_out(actor: Actor, key: str) -> None:
    """Answer what was ordered. One that ends in an error says so."""
    with unit_of_work():
        row = _row(key)
        finding, question = row.finding, row.question
    try:
        answer = explaining.again(actor, finding).as_json() if finding else replay(question_of(question))
    except BaseException as error:
        _end(key, RunState.FAILED, {}, type(error).__name__)
        raise
    _end(key, RunState.COMPLETE, answer)


def _end(key: str, state: RunState, answer: dict[str, Any], error: str = "") -> None:
    with unit_of_work():
        row = _row(key)
        row.state, row.answer, row.error, row.ended_at = state, answer, error, clock.now()


def _row(key: str) -> Replay:
    with unit_of_work() as session:
        row = session.scalar(sa.select(Replay).filter_by(key=key))
        if row is None:
            raise NotFound("no_such_replay", f"there is no replay {key[:60]}")
        return row


def replay(question: Question, other: Rule | None = None) -> dict[str, Any]:
    """What would be found, what would no longer be, and what stays: by rule, with counts. Writes nothing.

    other: a rule that the catalogue does not hold, or holds otherwise.
    """
    question = question.checked()
    before, after = before_and_after(question, other)
    compared = [_compared(rule, before.get(rule.code, []), after[rule.code]) for rule in _rules(question, other)]
    return {"rules": [each for each in compared if _speaks(each)], "counts": _sums(compared)}


def _rules(question: Question, other: Rule | None) -> list[Rule]:
    return [other] if other else question.chosen


def _compared(rule: Rule, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> dict[str, Any]:
    with unit_of_work() as session:
        names = tenant_names(session, [*before, *after])
        parts = comparing.compared(comparing.met(rule, before, names), comparing.met(rule, after, names))
        subjects = [each.subject for listed in parts.values() for each in listed[: comparing.MOST]]
        query = sa.select(Finding.subject, Finding.key).where(Finding.rule == rule.code, Finding.subject.in_(subjects))
        there = {row.subject: row.key for row in session.execute(query.order_by(Finding.generation))}
    return comparing.as_json(rule.code, parts, there)


def _speaks(compared: dict[str, Any]) -> bool:
    return any(each["subjects"] for each in compared["counts"].values())


def _sums(compared: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    names = (comparing.FOUND, comparing.GONE, comparing.BOTH)
    return {
        name: {what: sum(each["counts"][name][what] for each in compared) for what in ("subjects", "messages")}
        for name in names
    }
