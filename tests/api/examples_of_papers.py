"""Good requests about letters' owners, sources outside, papers and personal data."""

import io
from collections.abc import Callable
from typing import Any

from tests.factories.two_companies import PDF, Company, World

NOWHERE = {"address": "", "source": ""}

BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = {
    "POST /inquiries/{key}/answer": lambda _: {"answer": "confirm", "reason": "属实"},
    "POST /inquiries/{key}/ask": lambda _: NOWHERE,
    "POST /letters/{key}/ask": lambda _: NOWHERE,
    "POST /letters/{key}/confirm": lambda _: {"answer": "confirmed"},
    "POST /letters/{key}/revoke": lambda _: {"reason": "合作终止"},
    "POST /papers": lambda _: {"kind": "letter", "file": (io.BytesIO(PDF + b"new"), "letter.pdf")},
}
OWNED: dict[str, Callable[[Company], str]] = {
    "inquiries": lambda company: company.things["inquiry"],
    "letters": lambda company: company.things["letter"],
    "papers": lambda company: company.things["paper"],
}
