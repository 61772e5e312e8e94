"""Small made worlds, written once a run, and their files read back."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from registry.kernel.clock import SHANGHAI
from registry.simulation.settings import Settings
from registry.simulation.world import World, build
from registry.simulation.writing import write_bundle, write_records, write_truth

SMALL = Settings(seed=3, enterprises=120, ports=200, signatures=500, messages_per_day=6_000)
Rows = list[dict[str, str]]


def written(settings: Settings, folder: Path) -> World:
    """The world of these settings, all of it in this folder."""
    world = build(settings)
    write_bundle(world, folder / "bundle")
    write_records(world, folder / "records")
    write_truth(world, folder / "truth.csv")
    return world


def rows(file: Path) -> Rows:
    """A CSV file's rows."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def bundle(folder: Path) -> dict[str, Rows]:
    """Every file of the bundle by its name."""
    return {file.stem: rows(file) for file in sorted((folder / "bundle").glob("*.csv"))}


def records(folder: Path) -> Iterator[dict[str, str]]:
    """Every record of every file."""
    for file in sorted((folder / "records").glob("*.csv")):
        yield from rows(file)


def day_of(record: dict[str, str]) -> dt.date:
    """The local day of a record, whichever way its gateway writes times."""
    text = record["submitted_at"]
    at = dt.datetime.fromtimestamp(int(text) / 1000, SHANGHAI) if text.isdigit() else dt.datetime.fromisoformat(text)
    return at.astimezone(SHANGHAI).date()
