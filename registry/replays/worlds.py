"""The worlds that a question is put to: past facts over the registry that stands, or with a proposed permit in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from registry.detection import engine, engines, loading
from registry.detection.catalogue import Rule
from registry.detection.snapshot import Snapshot, with_permit
from registry.detection.tuning import tuned
from registry.detection.world import World
from registry.kernel.errors import Conflict
from registry.replays.values import Question

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def world(question: Question, registry: Snapshot | None = None) -> Iterator[World]:
    """The world of the question's days, in an engine of its own for the block."""
    connection = engines.connect()
    try:
        yield loading.load(connection, question.from_day, question.to_day, registry)
    finally:
        connection.disconnect()


def before_and_after(question: Question, other: Rule | None = None) -> tuple[Rows, Rows]:
    """What the rules hit as they stand, and as the question has them; `other` stands in the place of a rule.

    Raises Conflict where a rule fails: a comparison with a hole in it would mislead.
    """
    registry = loading.registered(question.from_day, question.to_day)
    with world(question, registry) as stands:
        before = {rule.code: _hit(rule, stands, rule.parameters(), question) for rule in _usual(question, other)}
        if question.permit is None:
            return before, {rule.code: _asked(rule, stands, question) for rule in _then(question, other)}
    with world(question, with_permit(registry, question.permit)) as changed:
        return before, {rule.code: _asked(rule, changed, question) for rule in _then(question, other)}


def _usual(question: Question, other: Rule | None) -> list[Rule]:
    return [rule for rule in question.chosen if rule.code == other.code] if other else question.chosen


def _then(question: Question, other: Rule | None) -> list[Rule]:
    return [other] if other else question.chosen


def _asked(rule: Rule, made: World, question: Question) -> list[dict[str, Any]]:
    return _hit(rule, made, tuned(rule, question.parameters), question)


def _hit(rule: Rule, made: World, parameters: Any, question: Question) -> list[dict[str, Any]]:
    outcome = engine.apply(rule, made, question.to_day, parameters)
    if outcome.failed:
        raise Conflict("rule_failed", f"{rule.code} failed ({outcome.failed}); nothing can be compared")
    return outcome.rows
