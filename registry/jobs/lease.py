"""Leases: one process at a time does a thing, and loses the right with its connection, however it ended."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from flask import current_app

from registry.jobs.queue import plain_url
from registry.kernel.errors import Conflict, Unavailable

PATIENT = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do a thing alone, held by a connection of its own."""

    name: str
    connection: psycopg.Connection[tuple[object, ...]]

    def confirm(self) -> None:
        """Raise Unavailable where the right was lost with its connection: what was done must not be committed."""
        try:
            self.connection.execute("SELECT 1")
        except psycopg.Error as error:
            detail = f"the connection that held {self.name} was lost; nothing was changed"
            raise Unavailable("lease_lost", detail, fix="run it again") from error


@contextmanager
def left_to_others() -> Iterator[None]:
    """For what the clock brings: work that is under way in another process is left to that one."""
    try:
        yield
    except Conflict as problem:
        if problem.code != "busy":
            raise


@contextmanager
def lease(name: str, wait: float = 0.0, *, shared: bool = False) -> Iterator[Lease]:
    """Hold the right for the block; `shared`: beside others who share it, while nobody holds it alone.

    Raises Conflict `busy` where another holds it and does not let go within `wait` seconds.
    """
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    url = plain_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    with psycopg.connect(url, autocommit=True, application_name=f"lease {name}"[:60], keepalives_idle=30) as connection:
        if not _taken(connection, number, wait, "_shared" if shared else ""):
            fix = "wait until it is done, then run it again"
            raise Conflict("busy", f"{name} is under way in another process", fix=fix)
        try:
            yield Lease(name, connection)
        finally:
            _given_back(connection, number, "_shared" if shared else "")


def _given_back(connection: psycopg.Connection[tuple[object, ...]], number: int, how: LiteralString) -> None:
    """Let go at once: the server itself notices the end of a connection only a moment later."""
    with suppress(psycopg.Error):
        connection.execute(f"SELECT pg_advisory_unlock{how}(%s)", [number])


def _taken(connection: psycopg.Connection[tuple[object, ...]], number: int, wait: float, how: LiteralString) -> bool:
    if wait <= 0:
        row = connection.execute(f"SELECT pg_try_advisory_lock{how}(%s)", [number]).fetchone()
        return bool(row and row[0])
    connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{int(wait * 1000)}ms"])
    try:
        connection.execute(f"SELECT pg_advisory_lock{how}(%s)", [number])
    except psycopg.errors.LockNotAvailable:
        return False
    connection.execute("SELECT set_config('lock_timeout', '0', false)")
    return True
