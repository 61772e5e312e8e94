"""Which engine a run's tables lie in: DuckDB on this machine, or Spark."""

from typing import Any

import ibis

from registry.detection.desk import Desk
from registry.kernel.errors import FieldError, Invalid
from registry.settings import ENGINES, current


def connect(engine: str = "") -> Any:
    """An engine for one run: the one named, else as `REGISTRY_ENGINE` says.

    Raises Invalid for an unknown one, Unavailable where it is not installed.
    """
    settings = current()
    engine = engine or settings.engine
    if engine not in ENGINES:
        error = FieldError("engine", "unknown_engine", engine, f"one of {', '.join(ENGINES)}")
        raise Invalid("unknown_engine", f"there is no engine {engine}", fields=[error])
    if engine == "duckdb":
        return duckdb()
    from registry.detection.spark import Spark

    return Spark(settings.spark, settings.data / "spark")


def duckdb() -> Any:
    """DuckDB in this process."""
    return ibis.duckdb.connect()


def desk_on(connection: Any) -> Desk:
    """A desk in this engine."""
    if connection.name == "duckdb":
        return Desk(connection)
    from registry.detection.spark import SparkDesk

    return SparkDesk(connection)
