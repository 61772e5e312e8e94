"""What a finding rests on: the run that wrote its evidence, the rule as it judged then, the permits it was held
against as they were known then, and whether the same rule over the same days still gives the same rows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.detection import engine, queries
from registry.detection.catalogue import Rule, catalogue
from registry.detection.model import DetectionRun, Evidence, Finding
from registry.detection.recording import evidence_of
from registry.detection.tuning import tuned
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Forbidden
from registry.permits.model import Permit
from registry.permits.queries import applying_to
from registry.replays.script import Script, script
from registry.replays.values import Question
from registry.replays.worlds import world
from registry.signatures.folding import fold
from registry.store import db
from registry.store.periods import known

MOST_PERMITS = 200


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding with the run that last wrote evidence of it, and the days that this run wrote.

    `version` and `parameters` are those of that run (empty where it kept none); `permits` those that match the port
    and the signature, as they were known when the run began.
    """

    finding: Finding
    run: DetectionRun
    version: str
    parameters: dict[str, Any]
    evidence: Sequence[Evidence]
    permits: Sequence[Permit]

    @property
    def rule(self) -> Rule:
        """The rule as it is today."""
        return catalogue()[self.finding.rule]

    @property
    def same_version(self) -> bool:
        """Whether the rule is still the one that judged, to the letter."""
        return self.version == self.rule.version

    @property
    def clauses(self) -> list[str]:
        """Which clauses its rows say were broken."""
        return sorted({str(row["clause"]) for day in self.evidence for row in day.rows})

    @property
    def key(self) -> str:
        """The key of the finding."""
        return self.finding.key


@dataclass(frozen=True, slots=True)
class Again:
    """The same rule over the same days once more: the query, its rows by day beside the evidence, and the script."""

    query: str
    days: list[dict[str, Any]]
    script: Script
    holds: bool

    @property
    def same(self) -> bool:
        """Whether it gives the rows that the evidence keeps."""
        return all(each["same"] for each in self.days)

    def as_json(self) -> dict[str, Any]:
        """What is kept of it; the script where it is short and its tables give the same rows."""
        written = self.script.written() if self.holds else ""
        return {
            "same": self.same,
            "days": self.days,
            "query": self.query,
            "script": written,
            "rows_read": self.script.rows,
        }


def finding_of(actor: Actor, key: str) -> Finding:
    """A finding for staff's eyes: what it rests on speaks of others, too. Raises Forbidden, NotFound."""
    if actor.is_company:
        raise Forbidden("staff_only", "what a finding rests on is shown to staff")
    return queries.finding(actor, key)


def explain(actor: Actor, key: str) -> Explanation:
    """What a finding rests on. Raises NotFound, Conflict where its rule or its run is gone."""
    found = finding_of(actor, key)
    newest = max((each.run for each in found.evidence), default="")  # keys sort by time
    run = db.session.scalar(sa.select(DetectionRun).filter_by(key=newest))
    if run is None or found.rule not in catalogue():
        raise Conflict("cannot_explain", f"the run or the rule behind {found.key} is no longer there")
    judged = next((each for each in run.outcomes if each["rule"] == found.rule), {})
    written = [each for each in found.evidence if each.run == run.key]
    kept = judged.get("version", ""), judged.get("parameters", {})
    return Explanation(found, run, *kept, written, _permits(found, written, run))


def _permits(found: Finding, written: Sequence[Evidence], run: DetectionRun) -> list[Permit]:
    """Permits of these signatures for these numbers whatever their period: one that ended is not one never given."""
    rows = [row for day in written for row in day.rows]
    patterns = {pattern for row in rows for pattern in applying_to(str(row["port"]))}
    signs = {fold(str(row["signature"])) for row in rows} or {fold(found.signature)}
    query = sa.select(Permit).where(known(Permit, run.started_at), Permit.port.in_(patterns))
    there = db.session.scalars(query.order_by(Permit.key, Permit.valid))
    return [each for each in there if fold(each.signature) in signs][:MOST_PERMITS]


def again(actor: Actor, key: str) -> Again:
    """Apply the rule as it judged over the days of its run, to the facts and the registry that stand now.

    Raises as `explain` does, Invalid where the rule no longer knows a parameter that it judged by.
    """
    told = explain(actor, key)
    parameters = tuned(told.rule, told.parameters)
    with world(Question(told.run.from_day, told.run.to_day)) as made:
        query = _of_subject(told, engine.hit_rows(told.rule, made, parameters))
        rows = made.rows(query).to_pylist()
        cut = _script(told, made, query, rows)
    return Again(cut.query, _held(told, rows), cut, _plain(cut.run()) == _plain(rows))


def _of_subject(told: Explanation, query: Any) -> Any:
    subject = json.loads(told.finding.subject)
    only = query.filter([query[name] == value for name, value in subject.items()])
    return only.order_by("port", "folded", "day", "first_at")


def _script(told: Explanation, made: Any, query: Any, rows: list[dict[str, Any]]) -> Script:
    """Cut down to the finding's lines where that gives the same rows, else whole."""
    lines = {row["line"] for row in rows} or set(filter(None, [json.loads(told.finding.subject).get("line")]))
    cut = script(made, query, lines)
    return cut if _plain(cut.run()) == _plain(rows) else script(made, query, ())


def _plain(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)


def _held(told: Explanation, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By day, what is found now beside what the evidence keeps."""
    now, then = evidence_of(rows), {each.day: (each.messages, each.rows) for each in told.evidence}
    return [
        {
            "day": str(day),
            "messages": now.get(day, (0, []))[0],
            "before": then.get(day, (0, []))[0],
            "same": day in now
            and day in then
            and now[day][0] == then[day][0]
            and _plain(now[day][1]) == _plain(then[day][1]),
            "rows": now.get(day, (0, []))[1],
        }
        for day in sorted({*now, *then})
    ]
