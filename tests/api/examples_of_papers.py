"""Good requests about letters' owners, sources outside, papers and personal data."""

from collections.abc import Callable
from typing import Any

from tests.factories.two_companies import Company, World

NOWHERE = {"address": "", "source": ""}

BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = {
    "POST /inquiries/{key}/answer": lambda _: {"answer": "confirm", "reason": "属实"},
    "POST /inquiries/{key}/ask": lambda _: NOWHERE,
    "POST /letters/{key}/ask": lambda _: NOWHERE,
}
OWNED: dict[str, Callable[[Company], str]] = {"inquiries": lambda company: company.things["inquiry"]}
