"""Which engine a run's tables lie in: DuckDB on this machine, or Spark."""

from importlib.util import find_spec
from shutil import which
from typing import Any

from registry.detection.desk import Desk
from registry.kernel.errors import FieldError, Invalid, Unavailable
from registry.settings import ENGINES, current
from registry.traffic import duck


def connect(engine: str = "") -> Any:
    """An engine for one run: the one named, else as `REGISTRY_ENGINE` says.

    Raises Invalid for an unknown one, Unavailable where it is not installed.
    """
    settings = current()
    engine = check(engine)
    if engine == "duckdb":
        return duckdb()
    from registry.detection.spark import Spark

    return Spark(settings.spark, settings.data / "spark")


def check(engine: str) -> str:
    """The engine named, else the usual one. Raises Invalid for an unknown one, Unavailable for one not installed."""
    engine = engine or current().engine
    if engine not in ENGINES:
        error = FieldError("engine", "unknown_engine", engine, f"one of {', '.join(ENGINES)}")
        raise Invalid("unknown_engine", f"there is no engine {engine}", fields=[error])
    if engine not in offered():
        fix = "install scripts/requirements-spark.txt into .venv and Java 17, or choose duckdb"
        raise Unavailable("no_spark", "Spark is not installed", fix=fix)
    return engine


def offered() -> tuple[str, ...]:
    """The engines that are installed here."""
    return ENGINES if find_spec("pyspark") and which("java") else ENGINES[:1]


def duckdb() -> Any:
    """DuckDB in this process."""
    return duck.connect()


def desk_on(connection: Any) -> Desk:
    """A desk in this engine."""
    if connection.name == "duckdb":
        return Desk(connection)
    from registry.detection.spark import SparkDesk

    return SparkDesk(connection)
