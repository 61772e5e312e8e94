"""The report of a run, as CSV or as one page of HTML that needs nothing beside it. Written piece by piece."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from registry.kernel import clock
from registry.lookback import policy, queries, report_page
from registry.lookback.model import Item, Run

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}
ANSWERS = ("text/csv", "text/html")
COLUMNS = (
    "run",
    "item",
    "subject_kind",
    "subject",
    "label",
    "enterprise",
    "standing",
    "outcome",
    "state",
    "codes",
    "reasons_zh",
    "reasons_en",
    "messages",
    "not_judged",
    "findings",
    "due_at",
    "overdue",
    "reminders",
    "answered_at",
    "judged_by",
    "excepted_until",
    "measure",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(run: Run, form: str, language: str = "zh_CN") -> Iterator[str]:
    """The report in one of MEDIA_TYPES, in pieces; the language is the page's (the CSV says both)."""
    if form == "csv":
        return _csv(run)
    return report_page.page(run, queries.totals(run), queries.every_item(run), language)


def _csv(run: Run) -> Iterator[str]:
    yield _line(COLUMNS)
    for item in queries.every_item(run):
        row = as_row(item)
        yield _line(_safe(row[name]) for name in COLUMNS)


def as_row(item: Item) -> dict[str, Any]:
    """One line of the CSV."""
    outcome = policy.outcome_of(item.state)
    return {
        "run": item.run,
        "item": item.key,
        "outcome": outcome.value if outcome else "waiting",
        "codes": "|".join(dict.fromkeys(each["code"] for each in item.reasons)),
        "reasons_zh": "；".join(each["zh"] for each in item.reasons),
        "reasons_en": "; ".join(each["en"] for each in item.reasons),
        "messages": item.seen.get("messages", 0),
        "not_judged": sum(each["messages"] for each in item.seen.get("not_judged", ())),
        "findings": "|".join(item.findings),
        "overdue": int(item.overdue),
        **{name: getattr(item, name).value for name in ("subject_kind", "standing", "state")},
        **{name: getattr(item, name) for name in ("subject", "label", "enterprise")},
        **{name: getattr(item, name) for name in ("reminders", "judged_by", "measure")},
        **{name: clock.write_moment(getattr(item, name)) for name in ("due_at", "answered_at", "excepted_until")},
    }


def _line(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is shown as text: names come from strangers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
