"""Documents that are generated: the API's document, the pages of detection rules, filing checks and workflows."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from flask import current_app

from registry import detection, filings
from registry.detection.catalogue import Rule
from registry.detection.catalogue import catalogue as rules
from registry.docs import workflows
from registry.docs.catalogue import page, parameters, period
from registry.filings.engine import Check
from registry.filings.engine import catalogue as checks
from registry.http.document import specification

FOLDER = Path(__file__).parent


def pages() -> dict[str, str]:
    """Each generated document by its file name."""
    spec = json.dumps(specification(current_app), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    found = [(rule.document, _rule_facts(rule)) for rule in rules().values()]
    asked = [(check.document, _check_facts(check)) for check in checks()]
    return {
        "openapi.json": spec,
        "rules.md": page("Detection rules", (detection.rules.__doc__ or "").strip(), found),
        "workflows.md": workflows.page(),
        "checks.md": page("Checks of filings", (filings.checks.__doc__ or "").strip(), asked),
    }


def differing() -> Iterator[str]:
    """Names of documents that are not as the code has them."""
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield name


def write() -> list[str]:
    """Write what differs: the names of the files."""
    wrong, new = list(differing()), pages()
    for name in wrong:
        (FOLDER / name).write_text(new[name], encoding="utf-8")
    return wrong


def _rule_facts(rule: Rule) -> Mapping[str, str]:
    return {
        "severity": rule.module.SEVERITY,
        "in force from": period(rule.module.IN_FORCE_FROM, getattr(rule.module, "IN_FORCE_UNTIL", None)),
        "one finding for each": ", ".join(rule.module.SUBJECT),
        "columns that it needs": ", ".join(rule.module.NEEDS),
        "parameters": parameters(rule.parameters()),
    }


def _check_facts(check: Check) -> Mapping[str, str]:
    return {
        "severity": check.severity,
        "in force from": period(check.since, check.until),
        "filings": ", ".join(sorted(check.kinds)),
        "a failure": "stops the filing" if check.blocks else "is shown to the reviewer, who may go on",
    }
