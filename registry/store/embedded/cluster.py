"""The folder in which PostgreSQL keeps its rows: made once, checked before each start."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from registry.store.embedded.error import EmbeddedPostgresError
from registry.store.embedded.owner import ROOT, Owner, name_of

ROLE = "registry"
IDENT_MAP = "registry"
MAJOR_VERSION = "18"
PATIENCE = 60.0
# PostgreSQL names files in its folder relative to it once it stands there; this name is good even where the folders
# above are closed to its user (a checkout under /root): their rights we never touch.
STANDING_THERE = "/proc/self/cwd"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # statements and details carry names and numbers of people: they stay out of the log
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum_naptime": "1h"}


def prepare(cluster: Path, binaries: Path, owner: Owner) -> None:
    """Make the cluster if it is not there, say who may connect, clear what a crash left behind."""
    if not (cluster / "PG_VERSION").exists():
        _create(cluster, binaries, owner)
    version = (cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"{cluster} was written by PostgreSQL {version}, this is {MAJOR_VERSION}: "
            "move the rows over with pg_dump of the old version."
        )
    _say_who_may_connect(cluster, owner)
    _clear_stale_lock(cluster)


def server_arguments(cluster: Path, binaries: Path, socket: Path, owner: Owner, *, durable: bool) -> list[str]:
    """The server's command line; it has to be started standing in the cluster folder."""
    settings = SETTINGS | {"unix_socket_directories": f'"{socket}"'} | ({} if durable else NOT_DURABLE)
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [str(binaries / "bin" / "postgres"), "-D", name_for(cluster, owner), *options]


def name_for(cluster: Path, owner: Owner) -> str:
    """How the server calls its folder: by its path, or where it stands if its user cannot walk that path."""
    return str(cluster) if owner.can_enter(cluster) else STANDING_THERE


def clean_environment() -> dict[str, str]:
    """What the server's processes see: nothing of the caller's, whose PG* variables would lead astray."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def _create(cluster: Path, binaries: Path, owner: Owner) -> None:
    """Run initdb in a folder beside the final one, so that a half-made cluster is never taken for a whole one."""
    half_made = cluster.with_name("cluster.half-made")
    shutil.rmtree(half_made, ignore_errors=True)
    half_made.mkdir(mode=0o700)
    if owner.is_someone_else:
        os.chown(half_made, owner.uid, owner.gid)
    command = [str(binaries / "bin" / "initdb"), "-D", name_for(half_made, owner), "-U", ROLE]
    command += ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=peer", "--no-instructions"]
    done = subprocess.run(
        command, cwd=half_made, env=clean_environment(), capture_output=True, text=True, check=False, **owner.identity()
    )
    if done.returncode:
        raise EmbeddedPostgresError(f"initdb failed in {half_made}: {done.stderr.strip() or done.stdout.strip()}")
    half_made.rename(cluster)


def _say_who_may_connect(cluster: Path, owner: Owner) -> None:
    """Peer authentication only: the kernel says who knocks; root, we and the folder's owner are the registry."""
    names = {name_of(uid) for uid in (ROOT, os.geteuid(), cluster.parent.stat().st_uid)}
    lines = [f'{IDENT_MAP} "{name}" {ROLE}' for name in sorted(names)]
    _write(cluster / "pg_ident.conf", "\n".join(lines), owner)
    _write(cluster / "pg_hba.conf", f"local all all peer map={IDENT_MAP}", owner)


def _write(path: Path, text: str, owner: Owner) -> None:
    path.write_text(text + "\n", encoding="utf-8")
    path.chmod(0o600)
    if owner.is_someone_else:
        os.chown(path, owner.uid, owner.gid)


def _clear_stale_lock(cluster: Path) -> None:
    """Remove a postmaster.pid that no process stands behind: after a crash its number may belong to somebody else."""
    stale = cluster / "postmaster.pid"
    if not stale.exists():
        return
    deadline = time.monotonic() + PATIENCE
    while left := _processes_standing_in(cluster):
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(f"Processes {left} of an earlier server do not end: end them and start again.")
        for process in left:
            _tell(process, signal.SIGQUIT)
        time.sleep(0.1)
    stale.unlink(missing_ok=True)


def _processes_standing_in(cluster: Path) -> list[int]:
    """Ids of processes whose working folder is the cluster: only PostgreSQL's own stand there."""
    place = cluster.stat()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.path.samestat((entry / "cwd").stat(), place):
                found.append(int(entry.name))
        except OSError:
            continue  # it has ended, or is somebody else's
    return found


def _tell(process: int, what: signal.Signals) -> None:
    try:
        os.kill(process, what)
    except ProcessLookupError:
        return
