"""Starts what the registry consists of, keeps it running, stops it in order.

PostgreSQL, the preparing commands, the worker, gunicorn; `scripts/start` and the systemd unit run this module.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from registry.local import local_environment, make_data_folder
from registry.settings import SettingsError, data_folder
from registry.store.embedded import EmbeddedPostgres, EmbeddedPostgresError
from registry.store.embedded.keeper import end_with_parent
from registry.store.embedded.locks import FileLock

CHECKOUT = Path(__file__).resolve().parents[1]
READY_PATIENCE = 90.0
STOP_PATIENCE = 30.0
PORT_PATIENCE = 3.0
LOOK_EVERY = 0.2
QUICK_DEATH = 60.0
QUICK_DEATHS = 5


class StartError(Exception):
    """The registry cannot start or go on; the message says why and what to do."""


class Told(Exception):  # noqa: N818 - somebody asked us to stop: no error
    """A signal told us to stop."""


class Child:
    """A process of ours in a session of its own, so that a Ctrl-C in the terminal reaches it through us, in order."""

    def __init__(self, name: str, command: list[str], sockets: tuple[int, ...] = ()) -> None:
        self.name = name
        self._command = command
        self._sockets = sockets
        self._deaths: list[float] = []
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            pass_fds=self._sockets,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def wait(self) -> int:
        """Its exit code, when it has ended by itself."""
        return self._process.wait()

    def keep_alive(self) -> None:
        """Start it again if it has ended; raise StartError when it keeps ending."""
        if (code := self.exit_code) is None:
            return
        now = time.monotonic()
        self._deaths = [death for death in self._deaths if now - death < QUICK_DEATH] + [now]
        if len(self._deaths) >= QUICK_DEATHS:
            raise StartError(f"{self.name} ended {QUICK_DEATHS} times within {QUICK_DEATH:.0f} seconds (code {code}).")
        say(f"{self.name} ended with code {code}: starting it again")
        self._start()

    def stop(self) -> None:
        """Ask it to end, insist after a while; its own children too."""
        if self.exit_code is None:
            self._process.terminate()
        try:
            self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            say(f"{self.name} does not end: killing it")
        finally:
            self._kill_group()

    def _kill_group(self) -> None:
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            self._process.wait()


class Service:
    """The running registry: what was started, in order, to be stopped in the opposite one."""

    def __init__(self, *, demo: bool) -> None:
        self._demo = demo
        self._children: list[Child] = []

    def run(self) -> None:
        """Start everything, say so, keep it running until somebody tells us to stop."""
        data = data_folder()
        with only_one(data), listening_socket() as listener, local_environment() as database:
            try:
                self._prepare()
                self._serve(listener)
                announce(listener, data)
                self._watch(database)
            finally:
                self._stop()

    def _prepare(self) -> None:
        steps = [["database", "upgrade"], ["account", "first-administrator"]]
        for step in [*steps, *([["demo", "fill"]] if self._demo else [])]:
            say(" ".join(step))
            child = Child(" ".join(step), registry_command(*step))
            self._children.append(child)
            if code := child.wait():
                raise StartError(f"`sms-registry {' '.join(step)}` failed with code {code}: see above.")
            self._children.remove(child)

    def _serve(self, listener: socket.socket) -> None:
        self._children.append(Child("worker", registry_command("worker")))
        web = Child("gunicorn", gunicorn(listener.fileno()), sockets=(listener.fileno(),))
        self._children.append(web)
        deadline = time.monotonic() + READY_PATIENCE
        while not is_healthy(listener):
            if web.exit_code is not None or time.monotonic() > deadline:
                raise StartError("gunicorn does not answer /healthz: see above.")
            time.sleep(LOOK_EVERY)

    def _watch(self, database: EmbeddedPostgres | None) -> None:
        while True:
            time.sleep(LOOK_EVERY)
            if database is not None and not database.is_running:
                say("PostgreSQL has ended: starting it again")
                database.start()
            for child in self._children:
                child.keep_alive()

    def _stop(self) -> None:
        for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(told, signal.SIG_IGN)  # once is enough
        for child in reversed(self._children):
            child.stop()


def registry_command(*words: str) -> list[str]:
    """The command line of the environment's `sms-registry`."""
    return [str(Path(sys.executable).with_name("sms-registry")), *words]


def gunicorn(listener: int) -> list[str]:
    """Gunicorn on a socket that is bound already: a restart of it frees no port."""
    options = {"--bind": f"fd://{listener}", "--workers": number("REGISTRY_WORKERS", 2), "--worker-class": "gthread"}
    options |= {"--threads": number("REGISTRY_THREADS", 8), "--timeout": 120, "--graceful-timeout": 20}
    words = [str(word) for pair in options.items() for word in pair]
    return [sys.executable, "-m", "gunicorn", "wsgi:app", "--no-control-socket", "--log-level", "warning", *words]


def number(name: str, default: int) -> int:
    """A setting that is a whole number."""
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise StartError(f"{name}: a whole number is needed, not {text!r}.")
    return int(text)


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder; a second service on it is refused."""
    try:
        make_data_folder(data)
        lock = FileLock(data / "service.lock")
        free = lock.try_own()
    except OSError as refusal:
        raise StartError(f"The data folder {data} cannot be used: {refusal.strerror}. Set REGISTRY_DATA.") from refusal
    if not free:
        raise StartError(f"The registry runs already on {data}: stop it first, or set REGISTRY_DATA to another folder.")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def listening_socket() -> Iterator[socket.socket]:
    """The bound socket; it listens only once gunicorn has it."""
    address = (os.environ.get("REGISTRY_BIND") or "127.0.0.1", number("REGISTRY_PORT", 8000))
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bind(listener, address)
        yield listener


def bind(listener: socket.socket, address: tuple[str, int]) -> None:
    """Take the port; one that a service killed a moment ago still holds gets a few seconds."""
    deadline = time.monotonic() + PORT_PATIENCE
    while True:
        try:
            return listener.bind(address)
        except (OSError, OverflowError) as refusal:
            if time.monotonic() > deadline or isinstance(refusal, OverflowError):
                raise StartError(
                    f"Port {address[1]} on {address[0]} cannot be had ({refusal}): set REGISTRY_PORT to a free one."
                ) from refusal
        time.sleep(LOOK_EVERY)


def own_address(listener: socket.socket) -> tuple[str, int]:
    """Where we ourselves reach the socket."""
    host, port = listener.getsockname()[:2]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104 - read, not bound


def is_healthy(listener: socket.socket) -> bool:
    """Whether /healthz answers 200."""
    connection = http.client.HTTPConnection(*own_address(listener), timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(listener: socket.socket, data: Path) -> None:
    """The one line that scripts wait for."""
    host, port = own_address(listener)
    shown = f"[{host}]" if ":" in host else host
    log_in = data / "first-login.txt"
    hint = f" - the first log-in is in {log_in}" if log_in.exists() else ""
    sys.stdout.write(f"ready http://{shown}:{port}{hint}\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """A line for whoever watches the start."""
    sys.stderr.write(f"registry: {text}\n")
    sys.stderr.flush()


def be_told(_signal: int, _frame: FrameType | None) -> None:
    """Leave whatever is going on; the blocks around it clean up."""
    raise Told


def main() -> int:
    """Exit code 0 when told to stop, 1 when it could not start or go on."""
    parser = argparse.ArgumentParser(prog="scripts/start", description="Start the registry.")
    parser.add_argument("what", choices=["start"], help=argparse.SUPPRESS)
    parser.add_argument("--demo", action="store_true", help="fill a simulated world, once")
    options = parser.parse_args()
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, be_told)
    try:
        Service(demo=options.demo).run()
    except Told:
        return 0
    except (StartError, SettingsError, EmbeddedPostgresError) as refusal:
        say(str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
