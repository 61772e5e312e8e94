"""What filing checks and detection rules have in common: a document, metadata, and a catalogue built from a folder.

A rule is one module. Its docstring opens with `CODE: title` and goes on under the fixed headings; the catalogue refuses
a module that lacks one, so the generated documentation is whole.
"""

import datetime as dt
import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import ModuleType

HEADINGS = ("What it detects", "Why it matters", "Basis", "Not a hit", "Known gaps", "What the reviewer does")
_TITLE = re.compile(r"([A-Z][0-9]{3}): (.+)")


class Severity(StrEnum):
    """How much it matters, from least to most."""

    NOTICE = "notice"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    def lowered(self) -> "Severity":
        """One step less: affiliation lowers a severity and never silences it."""
        steps = list(Severity)
        return steps[max(0, steps.index(self) - 1)]


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """A rule's docstring, taken apart: code, title, and the text under each heading."""

    code: str
    title: str
    sections: dict[str, str]


def parse_document(module: ModuleType) -> RuleDocument:
    """Take a rule module's docstring apart.

    Raises ValueError naming the module and the missing heading.
    """
    lines = (module.__doc__ or "").strip().splitlines()
    found = _TITLE.match(lines[0]) if lines else None
    if not found:
        raise ValueError(f"{module.__name__}: the docstring does not open with 'X000: title'")
    sections = dict(_sections(lines[1:]))
    missing = [heading for heading in HEADINGS if not sections.get(heading)]
    if missing:
        raise ValueError(f"{module.__name__}: the docstring lacks {', '.join(missing)}")
    return RuleDocument(found[1], found[2].rstrip("."), sections)


def _sections(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    heading, body = "", list[str]()
    for line in [*lines, "END"]:
        if line and not line.startswith(" "):
            if heading:
                yield heading, " ".join(part.strip() for part in body).strip()
            heading, body = line.strip(), []
        else:
            body.append(line)


def modules(package: ModuleType) -> list[ModuleType]:
    """Every rule module of a folder, in the order of their names; names that begin with `_` are not rules."""
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__) if not each.name.startswith("_"))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def module_in(file: Path) -> ModuleType:
    """The rule module that a Python file of somebody's own holds. Raises ValueError where it is no such file."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ValueError(f"{file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module  # its dataclass looks for itself there
    spec.loader.exec_module(module)
    return module


def in_force(day: dt.date, since: dt.date, until: dt.date | None = None) -> bool:
    """Whether a rule with these effective dates counts on a day (until is exclusive)."""
    return since <= day and (until is None or day < until)
