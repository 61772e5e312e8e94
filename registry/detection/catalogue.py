"""The rules as the folder holds them, each with its document."""

import dataclasses
import hashlib
import inspect
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from registry.detection import rules
from registry.kernel.rule import RuleDocument, modules, parse_document

ROOT = Path(__file__).parents[1]
COLUMNS = {"submitter": 1, "province": 2, "content": 4, "recipient": 8, "agent": 16}
"""Bits of `missing` in the facts: the columns that a gateway did not deliver."""

_JUDGE = "aggregates brokering declarations desk engine history kinship lines loading measured rowset scoping snapshot"
SHARED = (
    "detection/rules/_*.py",
    *(f"detection/{name}.py" for name in f"{_JUDGE} speaking study world".split()),
    "permits/scope.py",
    "permits/scope_values.py",
    "ports/plan.py",
    "signatures/folding.py",
    "signatures/lookalikes/*.py",
    "texts/*.py",
)
"""What judges besides a rule's own file: what rules share, the world they are held against, how texts are read."""


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
        """The SHA-256 of its file and, after it, of all that rules share: what judged, to the letter."""
        return hashlib.sha256(inspect.getsource(self.module).encode() + shared()).hexdigest()

    def parameters(self, **changed: Any) -> Any:
        """Its parameters: the defaults, where nothing is said."""
        return dataclasses.replace(self.module.Parameters(), **changed)


def shared_files() -> list[Path]:
    """The files that every rule rests on, in the order of their paths."""
    return sorted(file for pattern in SHARED for file in ROOT.glob(pattern))


@cache
def shared() -> bytes:
    """What stands in them, as it was when the process first asked."""
    return b"".join(file.read_bytes() for file in shared_files())


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
