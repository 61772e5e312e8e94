"""Who imports whom: no circles, and nothing hidden from whoever holds the order."""

import ast

from tests.architecture.checkout import ROOT, python_files
from tests.architecture.imports import circle, graph

DYNAMIC = {"registry/rooms.py", "registry/kernel/rule.py", "admin/console.py", "registry/simulation/catalogue.py"}
"""Where modules are imported by a name that is made at run time: rooms, rules and pages are found in their folders."""


def test_no_modules_import_each_other_in_a_circle():
    assert circle(graph()) == []


def test_imports_inside_functions_are_seen():
    assert graph().direct_import_exists(importer="registry.app", imported="admin.console")


def test_modules_are_imported_by_made_up_names_in_few_places_only():
    assert {str(path.relative_to(ROOT)) for path in python_files("registry", "admin") if _dynamic(path)} <= DYNAMIC


def _dynamic(path) -> bool:
    names = {"import_module", "__import__", "spec_from_file_location"}
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return any(getattr(call, "attr", getattr(call, "id", "")) in names for call in calls)


def test_the_console_reaches_no_table_behind_the_back_of_services_and_queries():
    reached = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("admin")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"commit", "execute", "scalars", "scalar"}
    }
    assert reached == set()


def test_nobody_commits_but_the_unit_of_work():
    committing = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("registry", "admin")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and "session" in ast.unparse(node.func.value)
    }
    assert committing == {"registry/store/work.py"}
