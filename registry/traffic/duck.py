"""DuckDB in this process, as all that reads facts opens it. It draws no bars: whoever reads the output parses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis

NO_BARS = "SET enable_progress_bar = false"


def connect() -> Any:
    """A connection in memory, of Ibis; whoever opens it disconnects it."""
    connection = ibis.duckdb.connect()
    connection.raw_sql(NO_BARS)
    return connection


@contextmanager
def connected() -> Iterator[Any]:
    """The same for as long as it is wanted."""
    connection = connect()
    try:
        yield connection
    finally:
        connection.disconnect()
