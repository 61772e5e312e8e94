"""From hit rows to findings: one finding for each rule and subject, one row of evidence for each day, replaced."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from registry.detection.catalogue import Rule
from registry.detection.engine import Outcome, affiliated, severity
from registry.detection.kinds import CaseKind, CaseState
from registry.detection.model import Evidence, Finding
from registry.detection.workflow import CLOSED, FindingState
from registry.enterprises.model import Enterprise
from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.store.columns import new_key
from registry.texts.category import category_names, category_said

MOST_ROWS = 50  # evidence rows kept for one day of one finding; the sum counts all of them
CHUNK = 5000


@dataclass(slots=True)
class Changes:
    """What a run did to the findings: their keys."""

    opened: list[str]
    added_to: list[str]
    withdrawn: list[str]


def record(session: Session, rule: Rule, outcome: Outcome, run: str, days: tuple[dt.date, dt.date]) -> Changes:
    """Write what a rule hit; withdraw what it no longer finds in these days and nobody has worked."""
    changes = Changes([], [], [])
    groups = by_subject(rule, outcome.rows)
    existing = _existing(session, rule.code, list(groups))
    names = tenant_names(session, outcome.rows)
    for subject, rows in groups.items():
        finding = existing.get(subject)
        if finding is not None and not _adds_to(finding, rows):
            finding = _successor(session, rule, finding, rows)
            changes.opened.append(finding.key)
        elif finding is None:
            finding = _open(session, rule, subject, rows)
            changes.opened.append(finding.key)
        elif finding.state is FindingState.WITHDRAWN:
            _take_back(finding, {row["day"] for row in rows})
            changes.opened.append(finding.key)
        else:
            changes.added_to.append(finding.key)
        _replace_evidence(finding, rows, run)
        _describe(rule, finding, rows, names)
    changes.withdrawn = _withdraw(session, rule.code, set(groups), days)
    session.flush()
    return changes


def by_subject(rule: Rule, rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Hit rows by what they are about: the key of a finding, beside its rule."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        subject = {name: row[name] for name in rule.module.SUBJECT}
        groups[json.dumps(subject, ensure_ascii=False, sort_keys=True)].append(row)
    return groups


def _existing(session: Session, code: str, subjects: list[str]) -> dict[str, Finding]:
    """The youngest finding of each subject."""
    found: dict[str, Finding] = {}
    for start in range(0, len(subjects), CHUNK):
        query = sa.select(Finding).where(Finding.rule == code, Finding.subject.in_(subjects[start : start + CHUNK]))
        query = (
            query.options(selectinload(Finding.evidence), selectinload(Finding.case_row))
            .order_by(Finding.generation)
            .with_for_update()
        )
        found |= {each.subject: each for each in session.scalars(query)}
    return found


def tenant_names(session: Session, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Tenants by name: people know each other by names, not by codes."""
    codes = {row["tenant"] for row in rows if row["tenant"]}
    found = session.execute(sa.select(Enterprise.code, Enterprise.name).where(Enterprise.code.in_(codes)))
    return {row.code: row.name for row in found}


def _adds_to(finding: Finding, rows: list[dict[str, Any]]) -> bool:
    """Whether these rows belong to the finding: always while it is worked, and for days it already speaks of."""
    return finding.state not in CLOSED or max(row["day"] for row in rows) <= finding.last_day


def _open(session: Session, rule: Rule, subject: str, rows: list[dict[str, Any]], generation: int = 1) -> Finding:
    first = rows[0]
    finding = Finding(
        key=new_key("FND"),
        rule=rule.code,
        subject=subject,
        generation=generation,
        follows="",
        state=FindingState.OPEN,
        kind=CaseKind(rule.module.KIND),
        severity=rule.module.SEVERITY,
        port=first["port"],
        signature=first["signature"],
        enterprise=first["enterprise"],
        tenant=first["tenant"],
        category=0,
        affiliated=False,
        first_day=first["day"],
        last_day=first["day"],
        messages=0,
        summary_zh="",
        summary_en="",
        merged_into="",
        opened_at=clock.now(),
    )
    session.add(finding)
    return finding


def _successor(session: Session, rule: Rule, closed: Finding, rows: list[dict[str, Any]]) -> Finding:
    """New days after a finding was closed open one that is linked to it."""
    finding = _open(session, rule, closed.subject, rows, closed.generation + 1)
    finding.follows = closed.key
    return finding


def _take_back(finding: Finding, days: set[dt.date]) -> None:
    """What was withdrawn is found again: it is open with what is seen now, and so is the case that went with it."""
    finding.state = FindingState.OPEN
    finding.evidence = [each for each in finding.evidence if each.day in days]
    case = finding.case_row
    if case is not None and case.state is CaseState.WITHDRAWN:
        case.state = CaseState.OPEN
    elif case is not None and case.state is CaseState.MERGED:
        finding.case_row = None


def _replace_evidence(finding: Finding, rows: list[dict[str, Any]], run: str) -> None:
    kept = {each.day: each for each in finding.evidence}
    for day, (messages, shown) in evidence_of(rows).items():
        evidence = kept.get(day) or Evidence(day=day)
        evidence.messages, evidence.rows, evidence.run = messages, shown, run
        if day not in kept:
            finding.evidence.append(evidence)


def evidence_of(rows: Iterable[dict[str, Any]]) -> dict[dt.date, tuple[int, list[dict[str, Any]]]]:
    """The hit rows of one subject as evidence keeps them: by day, all messages and the largest rows."""
    by_day: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_day[row["day"]].append(row)
    return {
        day: (sum(row["messages"] for row in of_day), [_shown(row) for row in _largest(of_day)])
        for day, of_day in sorted(by_day.items())
    }


def _largest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row["messages"], reverse=True)[:MOST_ROWS]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in row if name not in ("day", "folded", "line", "kind", "cluster")}
    times = {
        name: clock.from_millis(row[name]).astimezone(clock.SHANGHAI).isoformat() for name in ("first_at", "last_at")
    }
    return shown | times | {"category": category_names(row["category"])}


def _describe(rule: Rule, finding: Finding, rows: list[dict[str, Any]], names: dict[str, str]) -> None:
    """Set what follows from all evidence: days, messages, severity, and the sentence."""
    largest = max(rows, key=lambda row: row["messages"])
    finding.signature, finding.enterprise, finding.tenant = (
        largest[name] for name in ("signature", "enterprise", "tenant")
    )
    finding.affiliated = affiliated([*rows, *_of_other_days(finding, rows)])
    finding.severity = severity(rule, affiliated=finding.affiliated)
    finding.kind = _kind(rule, rows)
    for row in rows:
        finding.category |= row["category"]
    days = [each.day for each in finding.evidence]
    finding.first_day, finding.last_day = min(days), max(days)
    finding.messages = sum(each.messages for each in finding.evidence)
    sentence = summary(rule, largest, names)
    finding.summary_zh, finding.summary_en = sentence.zh, sentence.en


def summary(rule: Rule, row: dict[str, Any], names: dict[str, str]) -> Sentence:
    """What a rule says of a row, with tenants by their names."""
    tenant = names.get(row["tenant"], row["tenant"])
    shown = row | {"category": category_said(row["category"]), "tenant": tenant}
    said: Sentence = rule.module.SUMMARY.about(**shown)
    return said


def _of_other_days(finding: Finding, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the finding keeps of days that these rows do not speak of."""
    judged = {row["day"] for row in rows}
    return (row for each in finding.evidence if each.day not in judged for row in each.rows)


def _kind(rule: Rule, rows: list[dict[str, Any]]) -> CaseKind:
    """The kind for which most messages speak, whoever is tied to whom: a tie lowers severity and points alone."""
    spoken = Counter[str]()
    for row in rows:
        spoken[row["kind"] or rule.module.KIND] += row["messages"]
    return CaseKind(spoken.most_common(1)[0][0])


def _withdraw(session: Session, code: str, subjects: set[str], days: tuple[dt.date, dt.date]) -> list[str]:
    """Findings nobody has worked, wholly within these days, that the rule no longer finds."""
    query = sa.select(Finding).where(Finding.rule == code, Finding.state == FindingState.OPEN)
    query = query.where(Finding.first_day >= days[0], Finding.last_day <= days[1]).with_for_update()
    gone = [each for each in session.scalars(query) if each.subject not in subjects]
    for finding in gone:
        finding.state = FindingState.WITHDRAWN
    return [finding.key for finding in gone]
