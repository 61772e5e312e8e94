"""The same rules find the same on DuckDB and on Spark with two workers, over a made world's facts in Parquet."""

import gc
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.detection import engines, service, spark
from registry.detection.model import Finding
from registry.exchange.service import import_bundle
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Unavailable
from registry.settings import current
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import write_bundle, write_records
from registry.store import db
from registry.traffic import service as traffic

WORLD = Settings(seed=5, enterprises=80, ports=100, signatures=200, messages_per_day=4_000, days=3, cheat_share=0.5)
SPAN = WORLD.calendar[1], WORLD.calendar[-1]  # the day before is what rules about change compare with
LEAN = {"codegen.wholeStage": "false", "codegen.factoryMode": "NO_CODEGEN", "adaptive.enabled": "false"}
LEAN |= {"shuffle.partitions": "2"}  # one for each worker
HIT = (  # rules that find something in this world: equality of nothing says nothing
    "S101", "S102", "S103", "S106", "S107", "S108", "S109", "S202", "S203", "S204", "S205", "S301", "S302",
    "S303", "S304", "S305", "S306", "S307", "S308", "S311", "S401", "S402", "S403", "S601",
)  # fmt: skip
JAVA, SPARK = shutil.which("java"), find_spec("pyspark")
# Whoever checks everything has Java and Spark, with CI set: only a hasty run of some tests may pass this by.
needs_spark = pytest.mark.skipif(
    not (JAVA and SPARK) and not os.environ.get("CI"),
    reason="no Java here" if not JAVA else "Spark is not installed: scripts/test without arguments does it",
)


@pytest.fixture
def world(own_database, tmp_path: Path):
    app = create_app(own_database)
    with app.app_context():
        made = build(WORLD)
        write_bundle(made, tmp_path / "bundle")
        import_bundle(SYSTEM, tmp_path / "bundle")
        write_records(made, tmp_path / "records", "parquet")
        traffic.ingest(SYSTEM, sorted((tmp_path / "records").iterdir()))
        yield
        db.session.remove()
        db.engine.dispose()
    spark.stop()
    gc.collect()


@pytest.fixture
def lean(world):
    """The world, and Spark spending its time on what rules ask: compiling a question costs more than these few rows."""
    connection = engines.connect("spark")
    for name, value in LEAN.items():
        connection.session.conf.set(f"spark.sql.{name}", value)
    connection.disconnect()


def found():
    """Every finding with each row of its evidence, without the keys of runs."""
    db.session.expire_all()
    rows = db.session.scalars(sa.select(Finding).order_by(Finding.rule, Finding.subject)).all()
    return [
        (
            each.rule,
            each.subject,
            each.state,
            each.messages,
            [(one.day, one.messages, _sorted(one.rows)) for one in each.evidence],
        )
        for each in rows
    ]


def _sorted(rows):
    return sorted(rows, key=repr)


@needs_spark
@pytest.mark.slow
@pytest.mark.timeout(3000)  # plans of forty rules: minutes where two cores are to be had, many where they are not
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library leaves sockets to the end
def test_every_rule_finds_the_same_on_both_engines_row_by_row(lean):
    on_spark = service.run(SYSTEM, *SPAN, on="spark").outcomes
    findings = found()
    on_duckdb = service.run(SYSTEM, *SPAN, on="duckdb").outcomes
    assert [each for each in on_spark if each["failed"]] == []
    for one, other in zip(on_spark, on_duckdb, strict=True):
        assert one == other
    assert found() == findings
    assert {rule for rule, *_ in findings} >= set(HIT)
    assert not any((current().data / "spark").iterdir())


def test_an_engine_that_is_not_there_says_what_to_install(app, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    spark._session.cache_clear()
    with pytest.raises(Unavailable, match="Spark is not installed"):
        engines.connect("spark")
