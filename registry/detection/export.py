"""Findings and cases as the outside reads them: the columns of the file formats, in their order. Pure."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from registry.detection.model import Case, Finding
from registry.texts.category import category_names

FINDING_COLUMNS = (
    "finding",
    "rule",
    "severity",
    "state",
    "case",
    "port",
    "signature",
    "enterprise",
    "tenant",
    "category",
    "first_day",
    "last_day",
    "messages",
    "summary",
)
CASE_COLUMNS = (
    "case",
    "kind",
    "ports",
    "signatures",
    "enterprise",
    "score",
    "first_day",
    "last_day",
    "messages",
    "findings",
)


def finding_row(finding: Finding) -> dict[str, Any]:
    """One line of a findings file."""
    return {
        "finding": finding.key,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "state": finding.state.value,
        "case": finding.case,
        "port": finding.port,
        "signature": finding.signature,
        "enterprise": finding.enterprise,
        "tenant": finding.tenant,
        "category": "|".join(category_names(finding.category)),
        "first_day": finding.first_day.isoformat(),
        "last_day": finding.last_day.isoformat(),
        "messages": finding.messages,
        "summary": finding.summary_en,
    }


def case_row(case: Case) -> dict[str, Any]:
    """One line of a cases file."""
    return {
        "case": case.key,
        "kind": case.kind.value,
        "ports": "|".join(case.ports),
        "signatures": "|".join(case.signatures),
        "enterprise": case.enterprise,
        "score": case.score,
        "first_day": case.first_day.isoformat(),
        "last_day": case.last_day.isoformat(),
        "messages": case.messages,
        "findings": "|".join(finding.key for finding in case.told),
    }


def write(file: TextIO, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> int:
    """Write a file with its header line; answers the number of rows."""
    writer = csv.DictWriter(file, list(columns), lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for row in _safe(rows):
        writer.writerow(row)
        count += 1
    return count


def save(path: Path, columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> int:
    """The same under a path, which never holds half a file; answers the number of rows."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as out:
        count = write(out, columns, rows)
    draft.replace(path)
    return count


def _safe(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A signature that a spreadsheet would take for a formula is shown as text: it came from a stranger's message."""
    for row in rows:
        yield {
            name: f"'{value}" if str(value)[:1] in ("=", "+", "-", "@", "\t") else value for name, value in row.items()
        }
