"""Applying rules to a world: the engine asks whether a rule is in force and can judge, the rule says what it hits."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import structlog
from ibis import _

from registry.detection.catalogue import COLUMNS, Rule
from registry.detection.world import World
from registry.kernel.rule import Severity, in_force


@dataclass(frozen=True, slots=True)
class NotJudged:
    """Messages that a gateway delivered without a column that a rule needs."""

    gateway: str
    column: str
    messages: int


@dataclass(slots=True)
class Outcome:
    """What one rule counted, in messages. `failed` holds an error's kind: then nothing it covers is clean."""

    rule: str
    in_force: bool = True
    applied: int = 0
    hit: int = 0
    not_judged: list[NotJudged] = field(default_factory=list)
    failed: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def clear(self) -> int:
        """Messages judged and found lawful by this rule."""
        return self.applied - self.hit

    def as_json(self) -> dict[str, Any]:
        """The counts, without the rows."""
        return {
            "rule": self.rule,
            "in_force": self.in_force,
            "applied": self.applied,
            "hit": self.hit,
            "clear": self.clear,
            "not_judged": [
                {"gateway": each.gateway, "column": each.column, "messages": each.messages} for each in self.not_judged
            ],
            "failed": self.failed,
        }


def apply(rule: Rule, world: World, day: dt.date, parameters: Any = None) -> Outcome:
    """Hold one rule against the world. A rule that crashes is named in its outcome and stops no other."""
    outcome = Outcome(rule.code)
    if not in_force(day, rule.module.IN_FORCE_FROM, getattr(rule.module, "IN_FORCE_UNTIL", None)):
        outcome.in_force = False
        return outcome
    try:
        _judge(rule, world, outcome, parameters or rule.parameters())
    except Exception as error:  # noqa: BLE001 - one rule must not stop the others
        structlog.get_logger().exception("rule failed", rule=rule.code)
        outcome.failed = type(error).__name__
    return outcome


def _judge(rule: Rule, world: World, outcome: Outcome, parameters: Any) -> None:
    outcome.not_judged = list(_not_judged(rule, world))
    able = world.judgeable(rule.mask)
    outcome.applied = _messages(rule.module.applies(able))
    outcome.rows = list(_rows(rule, able, parameters))
    outcome.hit = sum(row["messages"] for row in outcome.rows)


def _not_judged(rule: Rule, world: World) -> Iterator[NotJudged]:
    for column in rule.module.NEEDS:
        lacking = world.facts.filter((_.missing & COLUMNS[column]) != 0)
        for row in lacking.group_by("gateway").agg(messages=_.messages.sum()).to_pyarrow().to_pylist():
            yield NotJudged(row["gateway"], column, int(row["messages"]))


def _messages(table: Any) -> int:
    return int(table.messages.sum().fill_null(0).to_pyarrow().as_py())


def _rows(rule: Rule, world: World, parameters: Any) -> Iterator[dict[str, Any]]:
    """Hit rows, with who is held answerable and whether the tenant is affiliated to it."""
    hits = rule.module.hits(world, parameters)
    met = hits.left_join(world.answerable, "port", rname="answerable_{name}")
    met = met.mutate(enterprise=_.enterprise.fill_null(""))
    ties = world.affiliated.mutate(affiliated=True)
    met = met.left_join(ties, [met.enterprise == ties.one, met.tenant == ties.other])
    met = met.mutate(affiliated=_.affiliated.fill_null(False)).select(*hits.columns, "enterprise", "affiliated")
    yield from met.order_by("port", "folded", "day", "first_at").to_pyarrow().to_pylist()


def severity(rule: Rule, *, affiliated: bool) -> Severity:
    """The rule's severity; a tie between the two lowers it by a step and never silences it."""
    own: Severity = rule.module.SEVERITY
    return own.lowered() if affiliated else own
