"""Prints the figures of the house: `python -m tests.architecture.figures` in the checkout."""

import statistics
import subprocess
import sys
from collections.abc import Iterable

from registry.kernel.printing import printed
from tests.architecture.checkout import ROOT, functions, lines_of, python_files
from tests.architecture.imports import circle, graph


def main() -> None:
    """Files, functions, import cycles and tests, as a table."""
    rows = [*_sizes("code", "registry", "admin", "scripts"), *_sizes("tests", "tests")]
    print(printed(rows, "table"))
    house = graph()
    print(
        f"modules {len(house.modules)}, imports {house.count_imports()}, a circle of imports: {circle(house) or 'none'}"
    )
    print(f"tests {_tests()}")


def _sizes(name: str, *folders: str) -> list[dict[str, object]]:
    paths = list(python_files(*folders))
    inside = [each for path in paths for each in functions(path)]
    files = ((str(path.relative_to(ROOT)), lines_of(path)) for path in paths)
    return [_row(f"{name}: lines a file", files), _row(f"{name}: lines a function", inside)]


def _row(name: str, sizes: Iterable[tuple[str, int]]) -> dict[str, object]:
    listed = list(sizes)
    largest = max(listed, key=lambda each: each[1])
    lengths = [length for _where, length in listed]
    shares = statistics.quantiles(lengths, n=20)
    return {
        "what": name,
        "count": len(lengths),
        "median": round(statistics.median(lengths)),
        "95 %": round(shares[-1]),
        "largest": largest[1],
        "which": largest[0],
    }


def _tests() -> str:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", "tests"]
    collected = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return collected.strip().rpartition("\n")[2]


if __name__ == "__main__":
    main()
