"""The weights of the rules: the usual ones stand in code, those that staff chose in a table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry import audit
from registry.detection import cases
from registry.detection.catalogue import Rule, catalogue
from registry.detection.model import RuleWeight
from registry.detection.weights import OTHERWISE, WEIGHTS
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid, NotFound
from registry.store import db, unit_of_work
from registry.store.version import expect

MOST_POINTS = 100


@dataclass(frozen=True, slots=True)
class Weight:
    """How many points a rule adds to a case; `usual` is what the code says, version 0 that nobody changed it."""

    rule: str
    points: int
    usual: int
    changed_by: str = ""
    changed_at: dt.datetime | None = None
    version: int = 0


def weights(session: Session) -> dict[str, int]:
    """Points by rule, as they count now."""
    return usual(catalogue()) | {row.rule: row.points for row in session.scalars(sa.select(RuleWeight))}


def usual(rules: Mapping[str, Rule]) -> dict[str, int]:
    """Points of each rule by the code: the table's, or, of a rule that it does not name, `POINTS` in its own file."""
    return {code: WEIGHTS.get(code, getattr(rule.module, "POINTS", OTHERWISE)) for code, rule in rules.items()}


def listed() -> list[Weight]:
    """Every rule's weight, in the order of the rules."""
    chosen = {row.rule: row for row in db.session.scalars(sa.select(RuleWeight))}
    return [_weight(rule, chosen.get(rule)) for rule in catalogue()]


def one(rule: str) -> Weight:
    """The weight of a rule. Raises NotFound."""
    if rule not in catalogue():
        raise NotFound("unknown_rule", f"no such rule: {rule[:10]}", fix=f"one of {', '.join(catalogue())}")
    return _weight(rule, db.session.get(RuleWeight, rule))


def change(actor: Actor, rule: str, points: int, reason: str, *, version: int | None = None) -> Weight:
    """From now on the rule adds so many points; every case that is not closed is weighed anew.

    Raises Invalid without a reason or for points that are none, NotFound, Stale.
    """
    actor.require("detection.weigh")
    _check_weight(points, reason)
    with unit_of_work() as session:
        before = one(rule)
        expect(before, version)
        row = session.get(RuleWeight, rule) or RuleWeight(rule=rule, version=0)
        row.points, row.changed_by, row.changed_at = points, actor.name, clock.now()
        row.version = before.version + 1
        session.add(row)
        session.flush()
        cases.gather(session, weights(session))
        told = {"points": before.points}, {"points": points}
        audit.record(actor, "weight.changed", "rule_weight", rule, before=told[0], after=told[1], reason=reason)
        return one(rule)


def _check_weight(points: int, reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason_missing", "a weight is changed for a reason", fix="say in a sentence why")
    if not 0 <= points <= MOST_POINTS:
        error = FieldError("points", "out_of_range", f"{points} points", f"0 to {MOST_POINTS}")
        raise Invalid("invalid", "this weight cannot be kept", fields=[error])


def _weight(rule: str, row: RuleWeight | None) -> Weight:
    said = usual(catalogue())[rule]
    if row is None:
        return Weight(rule, said, said)
    return Weight(rule, row.points, said, row.changed_by, row.changed_at, row.version)
