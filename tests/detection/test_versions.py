"""A rule's version is that of all that judges: its file and the modules that rules share."""

import ast
from pathlib import Path

import pytest

from registry.detection import catalogue as rules
from registry.detection.catalogue import ROOT, catalogue, shared, shared_files

JUDGES_NOT = {"catalogue.py", "engines.py", "spark.py"}  # which rules there are, where their questions are put


def imported(file: Path):
    """Modules of this room that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("registry.detection"):
            for name in (node.module, *(f"{node.module}.{each.name}" for each in node.names)):
                yield ROOT.parent / f"{name.replace('.', '/')}.py"


def reached():
    """Files of this room that rules, what builds their world and what applies them import, however far."""
    todo, seen = [*(ROOT / "detection/rules").glob("s*.py")], set()
    todo += [ROOT / "detection/loading.py", ROOT / "detection/engine.py"]
    while todo:
        file = todo.pop()
        if file not in seen and file.is_file():
            seen.add(file)
            todo += imported(file)
    return {file for file in seen if not file.name.startswith("s") or file.parent.name != "rules"}


def test_all_that_judges_is_in_the_version():
    assert {file for file in reached() if file.name not in JUDGES_NOT} <= set(shared_files())
    assert all(list(ROOT.glob(pattern)) for pattern in rules.SHARED)


@pytest.fixture
def other_words(tmp_path, monkeypatch):
    """The files that rules share, one of them with a line more."""
    here = {file: file.read_bytes() for file in shared_files()}
    for file, text in here.items():
        there = tmp_path / file.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(text + b"# more\n" if file.name == "_shape.py" else text)
    before = catalogue()["S101"].version
    monkeypatch.setattr(rules, "ROOT", tmp_path)
    shared.cache_clear()
    yield before
    shared.cache_clear()


def test_a_rule_has_another_version_when_what_rules_share_has_changed(other_words):
    assert catalogue()["S101"].version != other_words
