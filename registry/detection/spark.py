"""Spark, for worlds that one machine does not hold: the same expressions, in its language, over the same files.

Every table that a run makes is written as Parquet into a folder of the run, which all workers must see, and read from
there: rows are numbered once, and a worker that is lost costs no more than its share.
"""

import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from registry.detection.desk import Desk
from registry.kernel.errors import Unavailable

_NUMBERS = count()
_SESSIONS: list[Any] = []
FEW = 4  # partitions of a shuffle on one machine; a cluster has its own opinion


class Spark:
    """A Spark session and the folder of one run.

    Raises Unavailable where Spark or Java is not installed.
    """

    name = "pyspark"

    def __init__(self, master: str, folder: Path) -> None:
        self.session = _session(master)
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self._named: list[str] = []

    def place(self) -> str:
        """Where another table may be written."""
        return str(self.folder / str(next(_NUMBERS)))

    def name_for(self, what: str) -> str:
        """A name that nothing else in the session bears, until the run lets go."""
        self._named.append(f"{what}_{next(_NUMBERS)}")
        return self._named[-1]

    def read_parquet(self, paths: str | Path | list[str]) -> Any:
        """An Ibis table over a file or several."""
        name, files = self.name_for("files"), [paths] if isinstance(paths, str | Path) else paths
        self.session.read.parquet(*map(str, files)).createOrReplaceTempView(name)
        return ibis.table(ibis.Schema.from_pyarrow(pq.read_schema(files[0])), name=name)

    def disconnect(self) -> None:
        """Let go of the run's tables; the session stays for the next one."""
        for name in self._named:
            self.session.catalog.dropTempView(name)
        shutil.rmtree(self.folder, ignore_errors=True)


class SparkDesk(Desk):
    """The tables of one run in Spark."""

    dialect: ClassVar[str] = "pyspark"

    def put(self, name: str, table: pa.Table) -> None:
        """Rows from outside the engine."""
        place = self._connection.place()
        pq.write_table(table, place)
        self._read(name, place)

    def _show(self, name: str, query: str) -> None:
        self._connection.session.sql(query).createOrReplaceTempView(name)

    def _keep(self, name: str, query: str) -> None:
        self._write(name, self._apart(query))

    def _answer(self, query: str) -> pa.Table:
        found: pa.Table = self._connection.session.sql(self._apart(query)).toArrow()
        return found

    def _apart(self, query: str) -> str:
        """The same question, what it names and reads more than once written down first.

        Spark works a named part out anew wherever it is read, and parts read each other: of one rule's twenty reads
        come four hundred. What reads one table alone is cheap and stays.
        """
        said = sqlglot.parse_one(query, dialect=self.dialect)
        parts = said.find(exp.With)
        for part in parts.expressions if parts else []:
            name = self._connection.name_for("part")
            lay = self._write if len(list(part.find_all(exp.Table))) > 1 else self._show
            lay(name, part.this.sql(self.dialect))
            for read in [each for each in said.find_all(exp.Table) if each.name == part.alias]:
                read.set("this", exp.to_identifier(name))
        if parts:
            parts.pop()
        return said.sql(self.dialect)

    def _write(self, name: str, query: str) -> None:
        place = self._connection.place()
        self._connection.session.sql(query).write.parquet(place)
        self._read(name, place)

    def _read(self, name: str, place: str) -> None:
        self._connection.session.read.parquet(place).createOrReplaceTempView(name)


def stop() -> None:
    """End the sessions of this process, where there are any."""
    for session in _SESSIONS:
        gateway = session.sparkContext._gateway  # noqa: SLF001 - nothing else closes its sockets
        session.stop()
        gateway.shutdown()
    _SESSIONS.clear()
    _session.cache_clear()


@cache
def _session(master: str) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        fix = "install scripts/requirements-spark.txt into .venv, or set REGISTRY_ENGINE=duckdb"
        raise Unavailable("no_spark", "Spark is not installed", fix=fix) from error
    builder = SparkSession.builder.master(master).appName("sms-registry")
    _ = ibis.pyspark  # named once, so that Ibis knows the options of the language
    settings: dict[str, Any] = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    settings |= {"spark.sql.session.timeZone": "UTC"}  # days are told at ingest: no zone may shift them
    if master.startswith("local"):
        settings["spark.sql.shuffle.partitions"] = str(FEW)
    try:
        session = builder.config(map=settings).getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        fix = "install Java 17 or newer, or set REGISTRY_ENGINE=duckdb"
        raise Unavailable("no_spark", f"Spark does not start: {error}", fix=fix) from error
    session.sparkContext.setLogLevel("ERROR")
    _SESSIONS.append(session)
    return session
