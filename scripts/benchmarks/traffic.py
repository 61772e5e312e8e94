"""Ingest from Parquet and detection against one hand-written query over the same file.

The query reads signature and category by a regular expression each and counts by day, port, submitter, signature and
category. `raw scan` reads every column once. `base facts` is validation, reading and base facts; `everything` is what
`traffic ingest` does, from the file's hash to the commit: doubles, parts, side facts, samples, tags. `detection` is a
run of all rules over the facts of that day, beside a registry that permits nine in ten of the ports; `on Spark` the
same run there. Each is measured in a process of its own, Spark without the processes that it starts.
"""

import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
import duckdb
from _records import DAY, LARGEST, QUIET, made, register

from registry.app import create_app
from registry.detection import engines
from registry.detection import service as detection
from registry.detection.model import RunState
from registry.kernel.actor import SYSTEM
from registry.settings import Settings
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade
from registry.traffic import reading, service
from registry.traffic.columns import missing_bits
from registry.traffic.opening import opened
from registry.traffic.refining import Refinery, engine

HAND = """SELECT count(*) FROM (
    SELECT (submitted_at + 28800000) // 86400000 AS day, port, submitter,
        regexp_extract(content, '【([^】]*)】', 1) AS signature,
        CASE WHEN regexp_matches(content, '验证码|校验码') THEN 1
             WHEN regexp_matches(content, '退订|拒收|优惠|促销') THEN 4 ELSE 2 END AS category, count(*) AS messages
    FROM read_parquet('{path}') GROUP BY ALL)"""


SCAN = """SELECT sum(submitted_at), sum(length(gateway)), sum(length(port)), sum(length(submitter)),
    sum(length(province)), sum(length(recipient)), sum(length(message_ref)), sum(part_total), sum(part_number),
    sum(length(content))
    FROM read_parquet('{path}')"""


Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and of all processors together (on a shared machine the second tells more); peak in MiB."""

    clock: float
    processors: float
    peak: int


def apart(measure: Callable[..., Measured], *arguments: object) -> Measured:
    """What is measured in a process of its own, so that its peak of memory is its own.

    A process begins with the peak of the one that starts it: all that needs memory runs apart, the records' making too.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, *arguments).result()


def cost(work: Callable[[], object]) -> Cost:
    """What a piece of work takes."""
    start, spent = time.perf_counter(), time.process_time()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Cost(time.perf_counter() - start, time.process_time() - spent, peak)


def queried(query: str, path: Path) -> Cost:
    """A query over the file."""
    with duckdb.connect() as connection:
        connection.execute(QUIET)
        return cost(lambda: connection.execute(query.format(path=path)).fetchall())


def base_facts(path: Path, folder: Path) -> Cost:
    """Validation, reading, base facts."""
    with tempfile.TemporaryDirectory(dir=folder) as work, engine(Path(work)) as connection:
        return cost(lambda: _counted(connection, path, Path(work)))


def _counted(connection: duckdb.DuckDBPyConnection, path: Path, work: Path) -> None:
    file = opened(path, work, connection)
    refinery = Refinery(connection, grace=15, extras=False)
    refinery.take(file, origin="bench", missing=missing_bits(set(file.types)), default_at=None, gateway="")
    refinery.count(lambda _done, _rows: None)
    refinery.count_parts()
    for day, _messages in refinery.days():
        refinery.write(reading.base_facts(day), work / "base.parquet")


def everything(path: Path, url: str, folder: Path) -> Cost:
    """What `traffic ingest` does."""
    with create_app(settings_of(url, folder)).app_context():
        return cost(lambda: _ingested(path))


def _ingested(path: Path) -> None:
    outcome = service.ingest(SYSTEM, [path])[0]
    if outcome.rejected or outcome.refused:
        raise click.ClickException(f"not taken in whole: {outcome}")


def detected(url: str, folder: Path, on: str) -> Cost:
    """A run of all rules over the day."""
    with create_app(settings_of(url, folder)).app_context():
        return cost(lambda: _run(on))


def _run(on: str) -> None:
    done = detection.run(SYSTEM, DAY, DAY, on=on)
    if done.state is not RunState.COMPLETE:
        raise click.ClickException(f"the run ended as {done.state}: {done.outcomes}")


@click.command(help=__doc__)
@click.option("--messages", default=1_000_000, show_default=True)
@click.option("--texts", type=click.Choice(["few", "many"]), default="many", show_default=True)
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="where the records and facts lie")
def bench(messages: int, texts: str, folder: Path | None) -> None:
    """Print seconds, messages a second, ratios and peak memory as JSON."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        home = Path(name)
        path = home / "records.parquet"
        apart(made, path, messages, texts)
        hand = _least(messages, HAND, path)
        took = {"by hand": hand, "raw scan": _least(messages, SCAN, path), "base facts": apart(base_facts, path, home)}
        with EmbeddedPostgres(home / "postgres") as server:
            with create_app(settings_of(server.url, home)).app_context():
                upgrade()
                register(home / "bundle")
            took["everything"] = apart(everything, path, server.url, home)
            took["detection"] = apart(detected, server.url, home, "duckdb")
            if "spark" in engines.offered():
                took["on Spark"] = apart(detected, server.url, home, "spark")
    shown = {name: _shown(each, hand, messages) for name, each in took.items()}
    click.echo(json.dumps({"messages": messages, "texts": texts, **shown}, ensure_ascii=False, indent=1))


def _least(messages: int, query: str, path: Path) -> Cost:
    times = 3 if messages <= LARGEST else 1
    return min((apart(queried, query, path) for _ in range(times)), key=lambda each: each.clock)


def _shown(took: Cost, hand: Cost, messages: int) -> dict[str, float]:
    return {
        "seconds": round(took.clock, 2),
        "messages/s": round(messages / took.clock),
        "ratio": round(hand.clock / took.clock, 2),
        "processor seconds": round(took.processors, 2),
        "processor ratio": round(hand.processors / took.processors, 2),
        "peak memory MiB": took.peak,
    }


def settings_of(url: str, folder: Path) -> Settings:
    """Settings of a registry that lives as long as the run."""
    key = bytes(32)
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://"),
        data=folder / "data",
        port=8000,
        secret_key="bench",  # noqa: S106 - nobody logs in
        encryption_key=key,
        hashing_key=key,
        secure_cookies=False,
        largest_request=1,
    )
