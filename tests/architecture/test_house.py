"""The house: what lies where, how large a room may be, what no file may name."""

import re
import stat
import tomllib

import pytest

from registry import rooms
from tests.architecture.checkout import ROOT, files, functions, lines_of, python_files

TOP = {"pyproject.toml", "README.md", "wsgi.py", "registry", "admin", "scripts", "tests"}
LARGEST_FILE = 350  # lines
LARGEST_FUNCTION = 60  # lines
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "misc", "common", "lib"}
TEXT = {
    *(".py", ".html", ".css", ".js", ".svg", ".sh", ".md", ".txt", ".toml", ".json", ".csv", ".po", ".pot", ".mako"),
    *(".service", ".timer", ".xml", ".cfg", ".ini", ".ndjson", ".gitignore", ".gitattributes", ".jinja"),
}
# written in pieces, so that this file does not name them either
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "crates" + ".io",
    "conda" + ".org",
]
MACHINES = [
    "/wo" + "rk/",
    "farm" + "-studio",
    "/home" + "/",
    "/Us" + "ers/",
    "/root" + "/.",
    "local" + "host.localdomain",
]


def test_nothing_lies_at_the_top_but_what_the_design_names():
    top = {path.relative_to(ROOT).parts[0] for path in files()}
    assert {name for name in top if not name.startswith(".")} <= TOP


def test_every_folder_of_the_registry_is_a_room_that_the_order_names():
    folders = {path.parent.name for path in (ROOT / "registry").glob("*/__init__.py")}
    assert folders - {"kernel"} == set(rooms.ORDER)


def test_the_order_of_the_rooms_is_the_one_that_imports_are_held_to():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert [f"registry.{room}" for room in ("kernel", *rooms.ORDER)] == layers[::-1]


def test_no_file_outgrows_its_room():
    long = {str(path.relative_to(ROOT)): lines_of(path) for path in python_files()}
    long |= {str(path.relative_to(ROOT)): lines_of(path) for path in (ROOT / "admin").rglob("*.html")}
    assert {name: lines for name, lines in long.items() if lines > LARGEST_FILE} == {}


def test_no_function_is_longer_than_a_page():
    found = [each for path in python_files() for each in functions(path)]
    assert {name: lines for name, lines in found if lines > LARGEST_FUNCTION} == {}


def test_names_say_what_is_inside():
    named = {str(path.relative_to(ROOT)) for path in python_files() if path.stem in EMPTY_NAMES}
    named |= {str(path.relative_to(ROOT)) for path in python_files() if EMPTY_NAMES & set(path.relative_to(ROOT).parts)}
    assert named == set()


@pytest.mark.parametrize("words", [HOSTS, MACHINES], ids=["hosts of package registries", "places of one machine"])
def test_no_file_names_where_it_was_made(words):
    pattern = re.compile("|".join(map(re.escape, words)))
    texts = ((path, path.read_bytes().decode("utf-8", "replace")) for path in files())
    assert [str(path.relative_to(ROOT)) for path, text in texts if pattern.search(text)] == []


def test_what_is_committed_can_be_read_by_people():
    made = [path for path in files() if path.suffix not in TEXT and path.suffix and b"\0" in path.read_bytes()[:4096]]
    made += [path for path in files() if path.suffix in (".mo", ".pyc", ".so", ".parquet", ".duckdb", ".db")]
    assert [str(path.relative_to(ROOT)) for path in made] == []


def test_a_rule_of_style_is_silenced_for_a_file_only_by_name_and_with_its_reason():
    texts = {path: path.read_text(encoding="utf-8") for path in python_files("registry", "admin")}
    lines = [line for text in texts.values() for line in text.splitlines() if line.startswith("# ruff: noqa")]
    assert [line for line in lines if not re.fullmatch(r"# ruff: noqa: [A-Z]+[0-9]+ - .{20,}", line)] == []


@pytest.mark.parametrize(("name", "least"), [("requirements.txt", 50), ("requirements-spark.txt", 10)])
def test_every_part_is_pinned_with_its_hash(name, least):
    entries = _pins(name)
    loose = [entry.split()[0] for entry in entries if "==" not in entry.split()[0] or "--hash=sha256:" not in entry]
    assert len(entries) > least
    assert loose == []


def test_what_is_added_for_spark_changes_no_pin():
    pins = {entry.split()[0] for entry in _pins("requirements.txt")}
    names = {pin.partition("==")[0] for pin in pins}
    added = {entry.split()[0] for entry in _pins("requirements-spark.txt")}
    assert {pin for pin in added if pin.partition("==")[0] in names} <= pins


def _pins(name):
    text = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    return re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())


def test_what_is_started_by_hand_may_be_executed():
    names = ("start", "test", "lookback")
    assert [name for name in names if not (ROOT / "scripts" / name).stat().st_mode & stat.S_IXUSR] == []
