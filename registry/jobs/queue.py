"""The procrastinate application: tasks by name, put into the queue with the change that asks for them."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import procrastinate
import psycopg
import sqlalchemy as sa
from flask import Flask
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.schema import SchemaManager
from sqlalchemy.engine import make_url

from registry.store import db

queue = procrastinate.App(connector=procrastinate.PsycopgConnector())
# inside the worker the queue's own connector is asynchronous and cannot write on the caller's connection
_asking = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
_application: list[Flask] = []
AGAIN = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=8)  # seconds: 8, 64, ...
AT_ONCE = 2  # jobs that one worker does side by side

Work = TypeVar("Work", bound=Callable[..., None])


def hand_in(app: Flask) -> None:
    """Give the tasks the application whose context they run in."""
    _application[:] = [app]


def task(name: str, **options: Any) -> Callable[[Work], Work]:
    """Decorator: a function that the worker runs, in the application's context, under this name."""

    def decorate(work: Work) -> Work:
        @wraps(work)
        def inside(**arguments: Any) -> None:
            in_context(work, **arguments)

        queue.task(name=name, **options)(inside)  # type: ignore[no-untyped-call] # the library's overloads see no body
        return work

    return decorate


def in_context(work: Callable[..., None], **arguments: Any) -> None:
    """Run a function in the application's context, as a request would."""
    with _application[0].app_context():
        work(**arguments)


def enqueue(name: str, *, once: str | None = None, at: dt.datetime | None = None, **arguments: Any) -> bool:
    """Put a task into the queue with the present unit of work's commit.

    once: a key under which it waits at most once; at: not before this moment. Answers whether it was put there.
    """
    connection: psycopg.Connection[Any] = db.session.connection().connection.driver_connection  # type: ignore[assignment]
    try:
        with connection.transaction():  # a savepoint: a refusal leaves the caller's transaction whole
            asked = _asking.configure_task(name, queueing_lock=once, schedule_at=at, connection=connection)
            asked.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def in_hand(name: str) -> set[str]:
    """The keys with which a task waits for the worker or is being done by it, also where that worker was killed."""
    rows = "SELECT args ->> 'key' FROM procrastinate_jobs WHERE task_name = :name AND status IN ('todo', 'doing')"
    return set(db.session.scalars(sa.text(rows), {"name": name}))


def plain_url(url: str) -> str:
    """The database's address as libpq knows it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def install(url: str) -> None:
    """Make the queue's tables where they are not yet."""
    with psycopg.connect(plain_url(url), autocommit=True) as connection:
        found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        if found and found[0] is None:
            connection.execute(SchemaManager.get_schema().encode())


def work(url: str) -> None:
    """Run the worker until it is told to stop."""
    connector = procrastinate.PsycopgConnector(conninfo=plain_url(url))
    with queue.replace_connector(connector):
        queue.run_worker(concurrency=AT_ONCE, install_signal_handlers=True)
