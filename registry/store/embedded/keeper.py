"""The process that runs one PostgreSQL server for as long as somebody holds the users' lock.

Started as a script with the standard library only. Its first process ends with 0 once the server's lock is taken; the
second lives on in a session of its own, so that a Ctrl-C in a terminal does not reach the server before its users.
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import TypedDict

LOOK_EVERY = 0.1
SHUTDOWN_PATIENCE = 60.0
QUICK_DEATH = 60.0
QUICK_DEATHS = 5
SET_PARENT_DEATH_SIGNAL = 1


class Orders(TypedDict):
    """What the keeper is told, as JSON in its first argument."""

    command: list[str]
    folder: str
    run_folder: str
    environment: dict[str, str]
    identity: dict[str, object]
    users_lock: str
    server_lock: str
    log: str


class Keeper:
    """Starts the server, again if it falls (not for ever), and stops it when nobody uses it any more."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.told_to_stop = False

    def run(self) -> None:
        """Return when the server has ended for good."""
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(told, self._be_told)
        deaths: list[float] = []
        while len(deaths) < QUICK_DEATHS:
            server = self._start()
            if self._watch(server):
                stop(server)
                return
            now = time.monotonic()
            deaths = [death for death in deaths if now - death < QUICK_DEATH] + [now]
            time.sleep(1)

    def _start(self) -> "subprocess.Popen[bytes]":
        orders = self.orders
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
            orders["command"],
            cwd=orders["folder"],
            env=orders["environment"],
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the keeper has one thread
            **orders["identity"],
        )

    def _watch(self, server: "subprocess.Popen[bytes]") -> bool:
        """True when the server is to be stopped, False when it has ended by itself."""
        users = os.open(self.orders["users_lock"], os.O_RDWR)
        while server.poll() is None:
            if self.told_to_stop or is_free(users):
                return True
            time.sleep(LOOK_EVERY)
        os.close(users)
        return False

    def _be_told(self, _signal: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True


def is_free(lock: int) -> bool:
    """Whether nobody uses the server; if so the lock stays taken: newcomers wait until the server has ended."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Fast shutdown: sessions are ended, what was committed is on disk."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(SHUTDOWN_PATIENCE)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def end_with_parent() -> None:
    """Have the kernel end the server should the keeper be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGINT)


def leave_the_starter(orders: Orders) -> None:
    """Go on in a session of our own, with the server's log for a mouth."""
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    log = os.open(orders["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)


def main() -> None:
    """Take the server's lock, then keep the server."""
    orders: Orders = json.loads(sys.argv[1])
    server_lock = os.open(orders["server_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(server_lock, fcntl.LOCK_EX)
    leave_the_starter(orders)
    # those who clean folders for temporary files pass by a locked one
    run_folder = os.open(orders["run_folder"], os.O_RDONLY)
    fcntl.flock(run_folder, fcntl.LOCK_SH)
    Keeper(orders).run()
    shutil.rmtree(orders["run_folder"], ignore_errors=True)


if __name__ == "__main__":
    main()
