"""The made world on disk: its bundle, its records, its ground truth. One block is in memory at a time."""

import contextlib
import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from registry.simulation.delivery import delayed, files
from registry.simulation.drawing import chunks, draw, streams
from registry.simulation.rows import TABLES
from registry.simulation.sending import Incident
from registry.simulation.town import Town
from registry.simulation.world import World

ENDINGS: dict[str | None, str] = {None: "", "gz": ".gz", "zst": ".zst"}
_CODECS: dict[str, Any] = {"gz": "gzip", "zst": "zstd"}
TWICE = "unicom"
FORMATS = ("csv", "ndjson", "parquet")


def write_bundle(world: World, folder: Path) -> dict[str, int]:
    """Every file of a registry bundle; answers the rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {table.FILE: 0 for table in TABLES}
    with contextlib.ExitStack() as stack:
        writers = {}
        for table in TABLES:
            file = stack.enter_context((folder / f"{table.FILE}.csv").open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(file)
            writers[table].writerow(table.columns())
        for town in world.towns():
            for table, rows in town.tables.items():
                writers[table].writerows(row.written() for row in rows)
                counts[table.FILE] += len(rows)
    return counts


def write_truth(world: World, file: Path) -> int:
    """The ground truth; answers the number of incidents."""
    file.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(Incident.columns())
        for town in world.towns():
            writer.writerows(incident.written() for incident in town.incidents)
            count += len(town.incidents)
    return count


def write_records(world: World, folder: Path, format: str = "csv", compress: str | None = None) -> int:  # noqa: A002
    """Gateway records, some files for each gateway and day; answers the rows written (parts and doubles included).

    Raises ValueError for a format or a compression that is not offered.
    """
    if format not in FORMATS or compress not in ENDINGS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}; compress is gz, zst or nothing")
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for town in world.towns():
        for name, rows in _deliveries(town):
            _write(rows, folder, name, format, compress)
            total += len(rows)
    return total


def _deliveries(town: Town) -> Iterator[tuple[str, Any]]:
    settings, found = town.settings, streams(town.sendings)
    waiting: list[Any] = []
    for place, day in enumerate(settings.calendar):
        pieces, come = chunks(found, settings, place), waiting
        waiting = []
        for piece in range(pieces):
            table = draw(found, settings, town.block, place, piece, pieces)
            rng = np.random.default_rng([settings.seed, town.block, 9_000_011, place, piece])
            if day != settings.calendar[-1]:
                table, late = delayed(table, rng)
                waiting.append(late)
            if piece == 0:
                table = pa.concat_tables([*come, table])
            for gateway, number, rows in files(table, rng):
                name = _name(gateway.name, day, town.block, piece, number)
                yield name, rows
                if name.startswith(TWICE) and name.endswith("000001"):
                    yield f"{name}-again", rows  # the same file once more, under another name


def _name(gateway: str, day: dt.date, block: int, piece: int, number: int) -> str:
    return f"{gateway}-{day:%Y%m%d}-{block:03d}{piece:03d}{number + 1}"


def _write(rows: Any, folder: Path, name: str, format_: str, compress: str | None) -> None:
    if format_ == "parquet":
        codec = _CODECS.get(compress or "zst", "zstd")
        pyarrow.parquet.write_table(rows, folder / f"{name}.parquet", compression=codec)
        return
    ending = f".{format_}{ENDINGS[compress]}"
    with _opened(folder / f"{name}{ending}", compress) as target:
        if format_ == "csv":
            pyarrow.csv.write_csv(rows, target)
        else:
            for batch in rows.to_batches(max_chunksize=10_000):
                target.write("".join(map(_line, batch.to_pylist())).encode())


def _line(row: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False) + "\n"


@contextlib.contextmanager
def _opened(path: Path, compress: str | None) -> Iterator[Any]:
    with pa.OSFile(str(path), "wb") as plain:
        if compress is None:
            yield plain
        else:
            with pa.CompressedOutputStream(plain, _CODECS[compress]) as packed:
                yield packed
