"""What the records show of a run's items: the detection rules over its frozen facts, once for all of them."""

import dataclasses
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from ibis import _

from registry.detection import engine, engines, loading, snapshot
from registry.detection.catalogue import COLUMNS, Rule, catalogue
from registry.detection.model import Finding
from registry.detection.world import World
from registry.kernel import clock
from registry.lookback.kinds import Subject, Weight
from registry.lookback.model import Item, Run
from registry.lookback.policy import MOST_REASONS, Reason
from registry.lookback.sentences import of_hit, without_column
from registry.ports.prefix import covers, most_specific, pattern
from registry.signatures.folding import fold
from registry.store import db
from registry.store.periods import period

CHUNK = 1000
Watch = Callable[[str, int, int], None]


@dataclass(slots=True)
class Hit:
    """What one rule hit about one subject of its own, summed over the days."""

    rule: Rule
    subject: str
    first: dict[str, Any]
    messages: int = 0
    of_strangers: bool = False
    of_affiliates: bool = False
    days: set[dt.date] = field(default_factory=set)
    finding: str = ""

    def add(self, row: dict[str, Any]) -> None:
        """One more row."""
        self.messages += int(row["messages"])
        self.of_affiliates |= row["affiliated"]
        self.of_strangers |= bool(row["tenant"]) and not row["affiliated"]
        self.days.add(row["day"])

    def as_json(self) -> dict[str, Any]:
        """How the item keeps it."""
        return {
            "rule": self.rule.code,
            "port": self.first["port"],
            "signature": self.first["signature"],
            "tenant": self.first["tenant"],
            "messages": self.messages,
            "first_day": min(self.days).isoformat(),
            "last_day": max(self.days).isoformat(),
            "finding": self.finding,
        }

    def reason(self) -> Reason:
        """Why the item needs an answer."""
        severity = engine.severity(self.rule, affiliated=self.of_affiliates and not self.of_strangers)
        return Reason("rule", self.rule.code, Weight.ASKS, of_hit(self.rule, self.first), severity=severity)


@dataclass(slots=True)
class Sight:
    """What the records show of one item."""

    messages: int = 0
    hits: list[Hit] = field(default_factory=list)
    lacking: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def as_json(self) -> dict[str, Any]:
        """Messages seen, hits, and what was not judged by gateway and column."""
        lacking = [{"gateway": one, "column": other, "messages": n} for (one, other), n in sorted(self.lacking.items())]
        hits = [hit.as_json() for hit in self.hits[:MOST_REASONS]]
        return {"messages": self.messages, "hits": hits, "not_judged": lacking}

    def reasons(self) -> list[Reason]:
        """Why the item did not pass at once, as far as the records go."""
        asked = [hit.reason() for hit in self.hits[:MOST_REASONS]]
        lacks = [
            Reason("facts", "NOT_DELIVERED", Weight.LACKS, without_column(gateway, column, messages))
            for (gateway, column), messages in sorted(self.lacking.items())
        ]
        return asked + lacks

    def findings(self) -> list[str]:
        """The findings that say the same."""
        return sorted({hit.finding for hit in self.hits if hit.finding})


@dataclass(frozen=True, slots=True)
class Shown:
    """Sights by the items' ids (none: nothing was seen), and what each rule counted."""

    sights: dict[int, Sight]
    counts: list[dict[str, Any]]


def frozen_facts(from_day: dt.date, to_day: dt.date) -> list[dict[str, Any]]:
    """The list of facts of these days and of those before them that rules compare with, as a run keeps it."""
    files = loading.listed(from_day, to_day)
    return [
        {
            "id": file.id,
            "kind": file.kind.value,
            "day": str(file.day),
            "path": file.path,
            "sha256": file.sha256,
            "messages": file.messages,
        }
        for file in files
    ]


def frozen_rules() -> list[dict[str, Any]]:
    """The detection rules and their parameters, as a run keeps them."""
    return [
        {"code": rule.code, "title": rule.document.title, "parameters": dataclasses.asdict(rule.parameters())}
        for rule in catalogue().values()
    ]


def look(run: Run, items: Sequence[Item], watch: Watch) -> Shown:
    """Apply every rule once to the run's frozen facts, and share out what they hit among the items."""
    if run.from_day is None or run.to_day is None:
        return Shown({}, [])
    connection = engines.connect()
    try:
        world = _world(connection, run, run.from_day, run.to_day)
        outcomes = [_applied(world, run.to_day, rule, place, watch) for place, rule in enumerate(catalogue().values())]
        shares = _Shares(items, world)
        for rule, outcome in outcomes:
            shares.give_hits(rule, outcome.rows)
        shares.give_messages(world, outcomes)
    finally:
        connection.disconnect()
    return Shown(shares.sights, [outcome.as_json() for _rule, outcome in outcomes])


def _applied(world: World, day: dt.date, rule: Rule, place: int, watch: Watch) -> tuple[Rule, engine.Outcome]:
    watch(rule.code, place, len(catalogue()))
    return rule, engine.apply(rule, world, day)


def _world(connection: Any, run: Run, from_day: dt.date, to_day: dt.date) -> World:
    kept = [each["id"] for each in run.facts]
    facts = loading.delivered(connection, from_day, to_day, kept)
    window = period(clock.midnight(from_day), clock.midnight(to_day + dt.timedelta(days=1)))
    return loading.build(connection, facts, snapshot.read(window))


class _Shares:
    """Which items a fact or a hit concerns."""

    def __init__(self, items: Sequence[Item], world: World) -> None:
        self.sights: dict[int, Sight] = {}
        self._by_kind = {kind: [item for item in items if item.subject_kind is kind] for kind in Subject}
        self._ports = {item.port: item for item in self._by_kind[Subject.PORT]}
        self._signatures = _by_folded(self._by_kind[Subject.SIGNATURE])
        self._permits = _by_folded(self._by_kind[Subject.PERMIT])
        self._nearest = _nearest(world)
        permits = world.rows(world.permits.select("permit", "owner").distinct()).to_pylist()
        self._owners = {row["permit"]: row["owner"] for row in permits}

    def give_hits(self, rule: Rule, rows: Iterable[dict[str, Any]]) -> None:
        """Share out what a rule hit: one hit for each of its subjects, with the finding that says the same."""
        found: dict[tuple[int, str], Hit] = {}
        for row in rows:
            subject = json.dumps({name: row[name] for name in rule.module.SUBJECT}, ensure_ascii=False, sort_keys=True)
            for item in self._concerned(row["port"], row["folded"], row["permit"], sublet=rule.module.KIND == "sublet"):
                found.setdefault((item.id, subject), Hit(rule, subject, row)).add(row)
        named = _findings(rule.code, {subject for _item, subject in found})
        for (item_id, subject), hit in found.items():
            hit.finding = named.get(subject, "")
            self._sight(item_id).hits.append(hit)

    def give_messages(self, world: World, outcomes: Iterable[tuple[Rule, engine.Outcome]]) -> None:
        """Count what was seen of each item, and what no rule could judge for want of a column."""
        needed = {name for rule, outcome in outcomes if outcome.in_force for name in rule.module.NEEDS}
        table = world.facts.group_by("port", "folded", "gateway", "missing").agg(messages=_.messages.sum())
        for row in world.rows(table).to_pylist():
            lacking = [name for name in needed if row["missing"] & COLUMNS[name]]
            for item in self._concerned(row["port"], row["folded"], ""):
                sight = self._sight(item.id)
                sight.messages += int(row["messages"])
                for column in lacking:
                    sight.lacking[row["gateway"], column] += int(row["messages"])

    def _sight(self, item_id: int) -> Sight:
        return self.sights.setdefault(item_id, Sight())

    def _concerned(self, port: str, folded: str, permit: str, *, sublet: bool = True) -> Iterable[Item]:
        nearest = self._nearest.get(port)
        if nearest in self._ports:
            yield self._ports[nearest]
        yield from (item for item in self._permits[folded] if pattern(item.port).matches(port))
        owner = self._owners.get(permit)
        yield from (item for item in self._signatures[folded] if owner in (None, item.enterprise))
        if sublet:
            yield from (item for item in self._by_kind[Subject.DELEGATION] if covers(item.port, port))


def _by_folded(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[fold(item.signature)].append(item)
    return found


def _nearest(world: World) -> dict[str, str | None]:
    """The longest registered number over each port seen."""
    over: dict[str, list[str]] = defaultdict(list)
    for row in world.rows(world.covering.select("port", "prefix").distinct()).to_pylist():
        over[row["port"]].append(row["prefix"])
    return {port: most_specific(prefixes, port) for port, prefixes in over.items()}


def _findings(rule: str, subjects: set[str]) -> dict[str, str]:
    """The youngest finding of a rule about each of its subjects."""
    listed: list[str] = sorted(subjects)
    found: dict[str, str] = {}
    for start in range(0, len(listed), CHUNK):
        query = sa.select(Finding.subject, Finding.key).where(Finding.rule == rule)
        query = query.where(Finding.subject.in_(listed[start : start + CHUNK])).order_by(Finding.generation)
        found |= {row.subject: row.key for row in db.session.execute(query)}
    return found
