"""The rules as the folder holds them, each with its document."""

import dataclasses
import hashlib
import inspect
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from registry.detection import rules
from registry.kernel.rule import RuleDocument, modules, parse_document

COLUMNS = {"submitter": 1, "province": 2, "content": 4, "recipient": 8, "agent": 16}
"""Bits of `missing` in the facts: the columns that a gateway did not deliver."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule module with its document taken apart."""

    code: str
    module: ModuleType
    document: RuleDocument

    @property
    def mask(self) -> int:
        """The bits of the columns that it needs."""
        return sum(COLUMNS[name] for name in self.module.NEEDS)

    @property
    def version(self) -> str:
        """The SHA-256 of its file: what judged, to the letter."""
        return hashlib.sha256(inspect.getsource(self.module).encode()).hexdigest()

    def parameters(self, **changed: Any) -> Any:
        """Its parameters: the defaults, where nothing is said."""
        return dataclasses.replace(self.module.Parameters(), **changed)


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its code.

    Raises ValueError where a module's document is not whole or its code stands twice.
    """
    found: dict[str, Rule] = {}
    for module in modules(rules):
        document = parse_document(module)
        if document.code != module.CODE or document.code in found:
            raise ValueError(f"{module.__name__}: the code {document.code} is not its own")
        found[document.code] = Rule(document.code, module, document)
    return found
