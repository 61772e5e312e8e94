"""What two applications of a rule found, held side by side: found now, no longer found, found by both. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from registry.detection.catalogue import Rule
from registry.detection.recording import by_subject, summary

MOST = 200  # listed of each rule and kind; the counts count all
FOUND, GONE, BOTH = "found", "gone", "both"


@dataclass(frozen=True, slots=True)
class Met:
    """What a rule found about one subject. `before`: messages as the rule stands, where both found it."""

    rule: str
    subject: str
    port: str
    signature: str
    enterprise: str
    tenant: str
    first_day: str
    last_day: str
    messages: int
    summary_zh: str
    summary_en: str
    before: int = 0
    finding: str = ""


def met(rule: Rule, rows: Iterable[dict[str, Any]], names: dict[str, str]) -> dict[str, Met]:
    """Hit rows gathered as a run gathers them into findings, by subject."""
    return {subject: _met(rule, subject, of_one, names) for subject, of_one in by_subject(rule, rows).items()}


def _met(rule: Rule, subject: str, rows: list[dict[str, Any]], names: dict[str, str]) -> Met:
    largest, days = max(rows, key=lambda row: row["messages"]), sorted(row["day"] for row in rows)
    said = summary(rule, largest, names)
    who = (largest["port"], largest["signature"], largest["enterprise"], largest["tenant"])
    count = sum(row["messages"] for row in rows)
    return Met(rule.code, subject, *who, str(days[0]), str(days[-1]), count, said.zh, said.en)


def compared(before: Mapping[str, Met], after: Mapping[str, Met]) -> dict[str, list[Met]]:
    """Subjects that only the second found, that only the first found, and that both did; the most messages first."""
    parts = {
        FOUND: [each for subject, each in after.items() if subject not in before],
        GONE: [each for subject, each in before.items() if subject not in after],
        BOTH: [replace(each, before=before[subject].messages) for subject, each in after.items() if subject in before],
    }
    return {name: sorted(each, key=lambda one: (-one.messages, one.subject)) for name, each in parts.items()}


def as_json(rule: str, parts: Mapping[str, list[Met]], findings: Mapping[str, str]) -> dict[str, Any]:
    """The comparison of one rule: counts of subjects and messages, and the first of each; findings by subject."""
    counts = {
        name: {"subjects": len(each), "messages": sum(one.messages for one in each)} for name, each in parts.items()
    }
    listed = {
        name: [asdict(replace(one, finding=findings.get(one.subject, ""))) for one in each[:MOST]]
        for name, each in parts.items()
    }
    return {"rule": rule, "counts": counts, "changed": _changed(parts)} | listed


def _changed(parts: Mapping[str, list[Met]]) -> int:
    """How many that both found would speak of more or fewer messages."""
    return sum(1 for each in parts[BOTH] if each.before != each.messages)
