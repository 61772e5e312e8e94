"""The embedded PostgreSQL: started by the first who needs it, ended after the last, whole after every kind of crash."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from registry.store.embedded import EmbeddedPostgres, EmbeddedPostgresError, ensure
from registry.store.embedded.owner import UNPRIVILEGED

IS_ROOT = os.geteuid() == 0
USER_OF_THE_SERVER = """
import sys
from pathlib import Path
from registry.store.embedded import ensure
with ensure(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@contextmanager
def connected(url):
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def ask(url, question):
    with connected(url) as connection:
        return connection.execute(question).fetchone()[0]


@contextmanager
def another_process(folder):
    """A process that uses the server until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", USER_OF_THE_SERVER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        process.url = process.stdout.readline().strip()
        yield process


def postmaster(folder):
    return int((folder / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])


def parent_of(process):
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


def wait_until(condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def has_ended(process):
    return not Path(f"/proc/{process}").exists()


def server_is_gone(folder):
    return not EmbeddedPostgres(folder / "postgres").is_running


def test_chinese_has_trigrams(folder):
    with ensure(folder) as url, connected(url) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT show_trgm('京东')").fetchone()[0]


def test_nobody_is_listened_to_but_those_the_kernel_vouches_for(folder):
    with ensure(folder) as url:
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SELECT string_agg(type || ' ' || auth_method, ',') FROM pg_hba_file_rules") == "local peer"
        socket = Path(ask(url, "SHOW unix_socket_directories").strip('"'))
        assert socket.stat().st_mode & 0o077 == 0


def test_real_rows_are_flushed_and_those_of_tests_are_not(tmp_path):
    with ensure(tmp_path / "real") as url:
        assert ask(url, "SHOW fsync") == "on"
    with EmbeddedPostgres(tmp_path / "test", durable=False) as server:
        assert ask(server.url, "SHOW fsync") == "off"


def test_a_second_start_finds_the_rows_again(folder):
    with ensure(folder) as url, connected(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert server_is_gone(folder)
    with ensure(folder) as url:
        assert ask(url, "SELECT number FROM kept") == 7


def test_the_one_who_started_it_may_leave_while_another_works(folder):
    first = EmbeddedPostgres(folder / "postgres").start()
    with ensure(folder) as url, connected(url) as connection:
        first.stop()
        assert url == first.url
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert server_is_gone(folder)


def test_several_who_start_at_once_share_one_server(folder):
    servers = [EmbeddedPostgres(folder / "postgres") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        addresses = {server.url for server in pool.map(EmbeddedPostgres.start, servers)}
        assert len(addresses) == 1
        list(pool.map(EmbeddedPostgres.stop, servers))
    assert server_is_gone(folder)


def test_a_killed_user_does_not_leave_the_server_behind(folder):
    with another_process(folder) as user:
        server = postmaster(folder)
        user.kill()
        user.wait()
        wait_until(lambda: server_is_gone(folder) and has_ended(server))


def test_a_process_joins_the_server_of_another(folder):
    with another_process(folder) as user, ensure(folder) as url:
        assert url == user.url
        user.kill()
        user.wait()
        assert ask(url, "SELECT 1") == 1


def test_a_killed_keeper_takes_the_server_along_and_the_next_start_works(folder):
    with ensure(folder):
        server = postmaster(folder)
        os.kill(parent_of(server), signal.SIGKILL)
        wait_until(lambda: has_ended(server))
        with ensure(folder) as url:
            assert ask(url, "SELECT 1") == 1


def test_a_killed_server_comes_back_at_the_same_address(folder):
    with ensure(folder) as url:
        killed = postmaster(folder)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: has_ended(killed))
        with ensure(folder) as address:
            assert address == url
            assert ask(url, "SELECT 1") == 1


def test_a_lock_file_whose_number_belongs_to_a_stranger_is_stale(folder):
    with ensure(folder):
        pass
    cluster = folder / "postgres" / "cluster"
    with subprocess.Popen(["sleep", "60"], **(_as_owner_of(cluster))) as stranger:
        (cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster}\n1\n5432\n/gone\n\n")
        with ensure(folder) as url:
            assert ask(url, "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def _as_owner_of(path):
    return {"user": path.stat().st_uid} if IS_ROOT else {}


def test_a_half_made_cluster_is_made_anew(folder):
    half_made = folder / "postgres" / "cluster.half-made"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    with ensure(folder) as url:
        assert ask(url, "SELECT 1") == 1


def test_long_paths_and_spaces_are_fine(tmp_path):
    with ensure(tmp_path / "a folder's name & more" / ("long" * 40)) as url:
        assert ask(url, "SELECT 1") == 1


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the server as somebody else")
def test_root_hands_the_server_to_an_unprivileged_user_and_opens_no_folder(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with ensure(closed / "data") as url:
        assert ask(url, "SELECT 1") == 1
        owner = Path(f"/proc/{postmaster(closed / 'data')}").owner()
        assert owner in UNPRIVILEGED
    assert closed.stat().st_mode & 0o777 == 0o700
    assert closed.stat().st_uid == 0


@pytest.mark.skipif(not IS_ROOT, reason="only root may become somebody else")
def test_other_users_are_not_let_in(folder):
    with ensure(folder) as url:
        socket = ask(url, "SHOW unix_socket_directories").strip('"')
        listing = subprocess.run(["ls", socket], user=1, capture_output=True, check=False)
        assert listing.returncode != 0
        assert ask(url, "SELECT string_agg(sys_name, ',') FROM pg_ident_file_mappings") == "root"


def test_a_cluster_of_another_version_is_refused_with_what_to_do(folder):
    with ensure(folder):
        pass
    (folder / "postgres" / "cluster" / "PG_VERSION").write_text("14\n")
    with pytest.raises(EmbeddedPostgresError, match="pg_dump"), ensure(folder):
        pass


def test_a_file_in_the_folders_place_is_refused(folder):
    folder.write_text("")
    with pytest.raises(EmbeddedPostgresError, match="REGISTRY_DATA"), ensure(folder):
        pass


def test_a_server_that_cannot_start_says_why(folder):
    with ensure(folder):
        pass
    (folder / "postgres" / "cluster" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(EmbeddedPostgresError, match="no_such_setting"), ensure(folder):
        pass
