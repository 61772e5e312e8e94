"""How long a request waits for a database that does not answer: it is told so, before its caller gives up.

A server that is there but says nothing (stopped, or its disk hangs) would keep a request for ever: no timeout of its
own can fire. Commands and background work wait as long as it takes.
"""

from contextvars import ContextVar
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask
from psycopg.pq import TransactionStatus

FOR_AN_ANSWER = 5.0  # seconds for one statement of a request
FOR_A_CONNECTION = 3  # seconds

_patience: ContextVar[float | None] = ContextVar("patience", default=None)


class Connection(psycopg.Connection[Any]):
    """A connection that a request gives up when no answer comes; the pool then makes new ones."""

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """What the server answers. Raises OperationalError where it does not in time."""
        try:
            return super().wait(gen, *args, **{"timeout": _patience.get()} | kwargs)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def register(app: Flask) -> None:
    """Bound the patience of every request of an application."""

    def begin() -> None:
        _patience.set(FOR_AN_ANSWER)

    def end(_error: BaseException | None) -> None:
        _patience.set(None)

    app.before_request(begin)
    app.teardown_request(end)


@sa.event.listens_for(sa.Engine, "do_connect")
def _connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
    return Connection.connect(*arguments, **named)
