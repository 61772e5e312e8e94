"""The rooms in their order; a room's api.py, cli.py and tasks.py are found because they are there."""

import importlib
import importlib.util
from collections.abc import Iterator
from types import ModuleType

ORDER = (
    "store",
    "http",
    "audit",
    "law",
    "changes",
    "jobs",
    "erasures",
    "texts",
    "papers",
    "enterprises",
    "handlers",
    "accounts",
    "notices",
    "contacts",
    "lookups",
    "ports",
    "signatures",
    "permits",
    "inquiries",
    "measures",
    "gateway",
    "traffic",
    "lifecycle",
    "complaints",
    "detection",
    "asks",
    "cases",
    "filings",
    "replays",
    "lookback",
    "retention",
    "reports",
    "exchange",
    "simulation",
    "docs",
)


def parts(name: str) -> Iterator[ModuleType]:
    """Every room's module of this name (model, api, cli, tasks), in the order of the rooms."""
    for room in ORDER:
        module = f"registry.{room}.{name}"
        if importlib.util.find_spec(module) is not None:
            yield importlib.import_module(module)
