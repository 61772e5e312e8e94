"""One embedded server as its users see it: start (or join), the address, stop (or leave)."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from registry.store.embedded import cluster as clusters
from registry.store.embedded import keeper
from registry.store.embedded.error import EmbeddedPostgresError
from registry.store.embedded.locks import FileLock
from registry.store.embedded.owner import ROOT, owner_of
from registry.store.embedded.places import PORT, reachable_binaries, run_folder

DATABASE = "registry"
START_PATIENCE = 120.0
LEAVE_PATIENCE = 70.0
LOOKS = 3
LOG_LIMIT = 10_000_000


class EmbeddedPostgres:
    """PostgreSQL in a folder: `start` joins a running server or starts one, `stop` leaves and the last one out ends it.

    `durable=False` is for tests: nothing is flushed, a crash may lose everything.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self._users = FileLock(self.folder / "users.lock")
        self._server = FileLock(self.folder / "server.lock")
        self._starting = FileLock(self.folder / "start.lock")

    @property
    def url(self) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+psycopg://{clusters.ROLE}@/{DATABASE}?host={quote(str(self._socket))}&port={PORT}"

    @property
    def is_running(self) -> bool:
        """Whether a keeper stands behind the server now."""
        return self._server.is_owned()

    def start(self) -> Self:
        """Join the running server of this folder, or start it; returns when it answers."""
        self._make_folder()
        self._users.share()
        try:
            self._start_or_join()
        except BaseException:
            self._users.release()
            raise
        return self

    def stop(self) -> None:
        """Leave; if nobody else uses the server, return when it has ended."""
        self._users.release()
        self._wait_for_the_end()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _socket(self) -> Path:
        run = self._recorded_run_folder()
        if run is None:
            raise EmbeddedPostgresError(f"No server was ever started in {self.folder}.")
        return run / "socket"

    def _start_or_join(self) -> None:
        self._starting.own()
        try:
            if not self.is_running:
                self._launch()
            self._wait_until_it_answers()
        finally:
            self._starting.release()

    def _launch(self) -> None:
        cluster = self.folder / "cluster"
        owner = owner_of(cluster)
        run = run_folder(self._recorded_run_folder(), owner)
        try:
            binaries = reachable_binaries(run, owner)
            clusters.prepare(cluster, binaries, owner)
        except BaseException:
            shutil.rmtree(run, ignore_errors=True)
            raise
        self._record(run)
        self._shorten_log()
        orders: keeper.Orders = {
            "command": clusters.server_arguments(cluster, binaries, run / "socket", owner, durable=self.durable),
            "folder": str(cluster),
            "run_folder": str(run),
            "environment": clusters.clean_environment(),
            "identity": dict(owner.identity()),
            "users_lock": str(self._users.path),
            "server_lock": str(self._server.path),
            "log": str(self._log),
        }
        subprocess.run(
            [sys.executable, "-I", keeper.__file__, json.dumps(orders)], check=True, stdin=subprocess.DEVNULL
        )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not self._answers():
            if not self.is_running or time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"PostgreSQL does not start; the end of {self._log} says:\n{self._log_end()}"
                )
            time.sleep(0.05)

    def _answers(self) -> bool:
        """Whether the server lets us in; the first to enter makes the database."""
        try:
            with psycopg.connect(
                host=str(self._socket), port=PORT, user=clusters.ROLE, dbname="postgres", autocommit=True
            ) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.OperationalError as refusal:
            if "authentication failed" in str(refusal):
                raise EmbeddedPostgresError(
                    f"The server of {self.folder} belongs to another user: {refusal}"
                ) from refusal
            return False
        return True

    def _wait_for_the_end(self) -> None:
        """Wait for the keeper, unless several looks show others: one look may meet somebody leaving."""
        deadline, seen = time.monotonic() + LEAVE_PATIENCE, 0
        while seen < LOOKS and self.is_running and time.monotonic() < deadline:
            seen = seen + 1 if self._others_use_it() else 0
            time.sleep(0.05)

    def _others_use_it(self) -> bool:
        """Whether the users' lock is shared: neither free nor the keeper's own."""
        if self._users.try_own():
            self._users.release()
            return False
        return not self._users.is_owned()

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for lock in (self._users, self._server, self._starting):
                lock.path.touch(mode=0o600)
                self._leave_to_folder_owner(lock.path)
        except OSError as refusal:
            raise EmbeddedPostgresError(
                f"No PostgreSQL can live in {self.folder}: {refusal.filename}: {refusal.strerror}. "
                "Run as the user whom it belongs to, or set REGISTRY_DATA or DATABASE_URL."
            ) from refusal

    def _leave_to_folder_owner(self, path: Path) -> None:
        """Root's visit must not lock out the user whose folder it is."""
        status = self.folder.stat()
        if os.geteuid() == ROOT and status.st_uid != ROOT:
            os.chown(path, status.st_uid, status.st_gid)

    def _record(self, run: Path) -> None:
        record = self.folder / "run-folder"
        record.write_text(str(run), encoding="utf-8")
        self._leave_to_folder_owner(record)

    def _recorded_run_folder(self) -> Path | None:
        record = self.folder / "run-folder"
        return Path(record.read_text(encoding="utf-8")) if record.exists() else None

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _log_end(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:] if self._log.exists() else "nothing"

    def _shorten_log(self) -> None:
        if self._log.exists() and self._log.stat().st_size > LOG_LIMIT:
            self._log.replace(self._log.with_suffix(".log.1"))
        self._log.touch(mode=0o600)
        self._leave_to_folder_owner(self._log)


@contextmanager
def ensure(data_folder: Path) -> Iterator[str]:
    """The address of the data folder's own server, running at least as long as the block."""
    with EmbeddedPostgres(data_folder / "postgres") as server:
        yield server.url
