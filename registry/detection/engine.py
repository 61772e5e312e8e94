"""Applying rules to a world: the engine asks whether a rule is in force and can judge, the rule says what it hits."""

import datetime as dt
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
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
    """What one rule counted, in messages. `failed` holds an error's kind: then nothing it covers is clean.

    `version` and `parameters` are those that judged: kept with the run, whatever the rule says later.
    """

    rule: str
    version: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
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
            "version": self.version,
            "parameters": self.parameters,
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
    parameters = parameters or rule.parameters()
    outcome = Outcome(rule.code, rule.version, asdict(parameters))
    if not in_force(day, rule.module.IN_FORCE_FROM, getattr(rule.module, "IN_FORCE_UNTIL", None)):
        outcome.in_force = False
        return outcome
    try:
        _judge(rule, world, outcome, parameters)
    except Exception as error:  # noqa: BLE001 - one rule must not stop the others
        # the trace as text: a renderer that shows local values would print the whole world's expressions
        structlog.get_logger().error("rule failed", rule=rule.code, trace=traceback.format_exc())
        outcome.failed = type(error).__name__
    return outcome


def _judge(rule: Rule, world: World, outcome: Outcome, parameters: Any) -> None:
    asked = _asked(rule, world, parameters)
    outcome.not_judged = list(_not_judged(rule, world))
    outcome.applied = world.number(asked.applied)
    outcome.rows = world.rows(asked.rows).to_pylist()
    outcome.hit = sum(row["messages"] for row in outcome.rows)


def hit_rows(rule: Rule, world: World, parameters: Any) -> Any:
    """The expression over the world's tables that gives a rule's rows: what a run asks, and others may ask again."""
    return _asked(rule, world, parameters).rows


def _asked(rule: Rule, world: World, parameters: Any) -> "_Questions":
    tables = tuple(getattr(world, name).op() for name in _TABLES)
    return _questions(rule.module.applies, rule.module.hits, rule.mask, parameters, tables)


_TABLES = tuple(each.name for each in fields(World) if each.name != "desk")


@dataclass(frozen=True, slots=True)
class _Questions:
    """What a rule asks of a world."""

    applied: Any
    rows: Any


@lru_cache(256)
def _questions(applies: Any, hits: Any, mask: int, parameters: Any, tables: tuple[Any, ...]) -> _Questions:
    """Built once for tables of these names and columns: building takes longer than a small world takes to answer."""
    named = {name: table.to_expr() for name, table in zip(_TABLES, tables, strict=True)}
    world = World(**named).judgeable(mask)
    applied = applies(world).messages.sum().fill_null(0)
    return _Questions(applied, _answered(world, hits(world, parameters)))


def _answered(world: World, hits: Any) -> Any:
    """Hit rows, with who is held answerable and whether the tenant is affiliated to it."""
    met = hits.left_join(world.answerable, "port", rname="answerable_{name}")
    met = met.mutate(enterprise=_.enterprise.fill_null(""))
    ties = world.tied.mutate(affiliated=True)
    met = met.left_join(ties, [met.port == ties.port, met.tenant == ties.other], rname="tied_{name}")
    met = met.mutate(affiliated=_.affiliated.fill_null(False)).select(*hits.columns, "enterprise", "affiliated")
    return met.order_by("port", "folded", "day", "first_at")


def _not_judged(rule: Rule, world: World) -> Iterator[NotJudged]:
    lacking = world.rows(_lacking(world.facts.op())).to_pylist() if rule.mask else []
    for column in rule.module.NEEDS:
        counts = Counter[str]()
        for row in lacking:
            counts[row["gateway"]] += row["messages"] if row["missing"] & COLUMNS[column] else 0
        yield from (NotJudged(gateway, column, count) for gateway, count in sorted(counts.items()) if count)


@lru_cache(8)
def _lacking(facts: Any) -> Any:
    table = facts.to_expr()
    lacking = table.filter(table.missing != 0)
    return lacking.group_by("gateway", "missing").agg(messages=lacking.messages.sum().cast("int64"))


def affiliated(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether all who are named as seen are tied to somebody who may stand there: one stranger among them is enough."""
    named = [row for row in rows if row["tenant"]]
    return bool(named) and all(row.get("affiliated") for row in named)


def severity(rule: Rule, *, affiliated: bool) -> Severity:
    """The rule's severity; a tie between the two lowers it by a step and never silences it."""
    own: Severity = rule.module.SEVERITY
    return own.lowered() if affiliated else own
