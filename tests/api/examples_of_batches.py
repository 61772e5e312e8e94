"""Good requests about batches of decisions."""

from collections.abc import Callable
from typing import Any

from tests.factories.two_companies import World

BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = {
    "POST /decision-batches": lambda world: {"filings": [world.things["batched"]]},
    "POST /decision-batches/{key}/look": lambda world: {"filing": world.things["batched"]},
    "POST /decision-batches/{key}/decide": lambda _: {"comment": "同意"},
}
KEPT: dict[str, Callable[[World], str]] = {"decision-batches": lambda world: world.things["batch"]}
KEPT_KEYS: dict[str, Callable[[World], str]] = {
    "POST /decision-batches/{key}/decide": lambda world: world.things["seen_batch"],
}
