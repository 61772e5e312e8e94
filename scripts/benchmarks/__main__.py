"""Benchmarks: each is a module beside this one with a click command `bench`."""

import importlib
import sys
from pathlib import Path

import click

HERE = Path(__file__).parent


@click.group()
def group() -> None:
    """Measure what the design promises, as ratios within one run."""


def main() -> None:
    """Offer every benchmark that lies here under the name of its module."""
    sys.path.insert(0, str(HERE))
    for path in sorted(HERE.glob("[a-z]*.py")):
        group.add_command(importlib.import_module(path.stem).bench, path.stem.replace("_", "-"))
    group()


main()
