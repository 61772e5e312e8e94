"""Good requests about gateway records."""

from collections.abc import Callable
from typing import Any

from registry.traffic import service
from tests.factories.traffic import csv_file, row
from tests.factories.two_companies import World


def in_the_inbox() -> str:
    """The name of a file of gateway records that lies there."""
    return csv_file(service.inbox() / "records.csv", [row()]).name


BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = {
    "POST /ingests": lambda _: {"files": [in_the_inbox()], "gateway": "G1"},
}
