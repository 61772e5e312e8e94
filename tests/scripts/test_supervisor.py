"""`scripts/start` from outside: what it starts, keeps running and stops, and what it says when it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from registry.store.embedded import EmbeddedPostgres

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = CHECKOUT / ".venv" / "bin" / "sms-registry"
OURS = ("REGISTRY_", "DATABASE_URL")

pytestmark = pytest.mark.skipif(not COMMAND.exists(), reason="the environment was not made by scripts/test")


def surroundings(data, **settings):
    """What a person's shell gives: nothing of the registry's but these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return plain | {"REGISTRY_DATA": str(data), "REGISTRY_PORT": "0"} | settings


@contextmanager
def starting(data, **settings):
    with subprocess.Popen(
        [CHECKOUT / "scripts" / "start"],
        env=surroundings(data, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as service:
        try:
            yield service
        finally:
            service.kill()


@contextmanager
def started(data):
    with starting(data) as service:
        service.ready = service.stdout.readline()
        assert service.ready.startswith("ready http://127.0.0.1:"), service.communicate()[1]
        service.address = re.match(r"ready (\S+)", service.ready).group(1)
        yield service


def start_and_fail(data, **settings):
    with starting(data, **settings) as service:
        said = service.communicate(timeout=180)[1]
        assert service.returncode == 1
        return said


def is_healthy(service):
    try:
        with urllib.request.urlopen(f"{service.address}/healthz", timeout=30) as answer:  # noqa: S310 - our own address
            return answer.status == 200
    except OSError:
        return False


def command(data, *words):
    return subprocess.run(
        [COMMAND, *words], env=surroundings(data), capture_output=True, text=True, timeout=180, check=False
    )


def processes_of(data):
    """Ids of what runs for this data folder."""
    mark = f"REGISTRY_DATA={data}".encode()
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.add(int(entry.name))
        except OSError:
            continue
    return found


def children_of(service, name):
    children = Path(f"/proc/{service.pid}/task/{service.pid}/children").read_text().split()
    return [int(child) for child in children if name in Path(f"/proc/{child}/cmdline").read_text().split("\0")]


def wait_until(condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    data = tmp_path_factory.mktemp("running") / "data"
    with started(data) as service:
        service.data = data
        yield service


def test_it_says_where_it_answers_and_where_the_first_log_in_is(running):
    first_log_in = running.data / "first-login.txt"
    assert is_healthy(running)
    assert str(first_log_in) in running.ready
    assert first_log_in.stat().st_mode & 0o777 == 0o600


def test_keys_are_readable_for_their_owner_only(running):
    keys = list((running.data / "keys").iterdir())
    assert keys
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}
    assert running.data.stat().st_mode & 0o777 == 0o700


def test_a_second_start_on_the_same_data_says_so_and_ends(running):
    assert "runs already" in start_and_fail(running.data)
    assert is_healthy(running)


def test_the_command_line_works_while_the_service_runs(running):
    assert command(running.data, "database", "upgrade").returncode == 0
    assert is_healthy(running)


@pytest.mark.parametrize("name", ["gunicorn", "worker"])
def test_what_dies_is_started_again(running, name):
    (dead,) = children_of(running, name)
    os.kill(dead, signal.SIGKILL)
    wait_until(lambda: children_of(running, name) not in ([], [dead]) and is_healthy(running))


def test_nothing_outlives_a_killed_service_or_one_told_to_stop_and_the_next_finds_its_data(tmp_path):
    data = tmp_path / "data"
    with started(data) as service:
        log_in = (data / "first-login.txt").read_text()
        service.kill()
        service.wait()
        wait_until(lambda: not processes_of(data))
    with started(data) as again:
        assert is_healthy(again)
        assert (data / "first-login.txt").read_text() == log_in
        again.send_signal(signal.SIGINT)
        assert again.wait(60) == 0
        assert not is_healthy(again)
    assert not processes_of(data)
    assert not EmbeddedPostgres(data / "postgres").is_running


def test_the_command_line_works_while_the_service_does_not_run(tmp_path):
    data = tmp_path / "a folder"
    assert command(data, "database", "upgrade").returncode == 0
    assert command(data, "database", "upgrade").returncode == 0
    assert not processes_of(data)


def test_a_taken_port_is_named_and_nothing_stays(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = start_and_fail(tmp_path / "data", REGISTRY_PORT=str(port))
    assert f"Port {port}" in said
    assert "REGISTRY_PORT" in said
    assert not processes_of(tmp_path / "data")


@pytest.mark.parametrize("port", ["99999", "-1", "http", "８０"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    assert "REGISTRY_PORT" in start_and_fail(tmp_path / "data", REGISTRY_PORT=port)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("")
    assert "REGISTRY_DATA" in start_and_fail(tmp_path / "data")
    answer = command(tmp_path / "data", "database", "upgrade")
    assert answer.returncode == 2
    assert "REGISTRY_DATA" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_that_is_not_there_is_said(tmp_path):
    said = start_and_fail(tmp_path / "data", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert "database upgrade" in said
    assert not processes_of(tmp_path / "data")


def test_it_runs_from_any_folder(tmp_path):
    data = tmp_path / "data"
    with subprocess.Popen(
        [sys.executable, "-c", "import os, sys; os.chdir('/'); os.execv(sys.argv[1], sys.argv[1:])", COMMAND, "--help"],
        env=surroundings(data),
        stdout=subprocess.PIPE,
        text=True,
    ) as help_text:
        assert "Usage: sms-registry" in help_text.communicate(timeout=180)[0]
