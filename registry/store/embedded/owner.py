"""Which system user the server runs as, and which folders that user can reach.

PostgreSQL refuses to run as root, so root hands the server to an unprivileged user; everybody else runs it as himself.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from registry.store.embedded.error import EmbeddedPostgresError

UNPRIVILEGED = ("sms-registry", "nobody", "postgres")
ROOT = 0


class Identity(TypedDict, total=False):
    """Arguments of `subprocess` that make a child run as another user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Owner:
    """The system user whom the server and its files belong to."""

    name: str
    uid: int
    gid: int

    @property
    def is_someone_else(self) -> bool:
        """Whether the server runs as another user than this process."""
        return self.uid != os.geteuid()

    def identity(self) -> Identity:
        """Arguments for `subprocess` to run as this user; none when that is who we are."""
        if not self.is_someone_else:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Whether this user reaches the folder; asked by trying, since rights are more than mode bits."""
        if not self.is_someone_else:
            return os.access(folder, os.X_OK)
        command = ["/bin/sh", "-c", 'test -x "$0"', str(folder)]
        return subprocess.run(command, check=False, cwd="/", **self.identity()).returncode == 0


def owner_of(cluster: Path) -> Owner:
    """The user for this cluster folder: ourselves, or for root the folder's owner or an unprivileged user."""
    if os.geteuid() != ROOT:
        return _named(os.geteuid())
    if cluster.exists() and (uid := cluster.stat().st_uid) != ROOT:
        return _named(uid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != ROOT:
            return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root and none of the users {', '.join(UNPRIVILEGED)} exists: "
        "create one of them, start as another user, or set DATABASE_URL."
    )


def name_of(uid: int) -> str:
    """The user's name, which PostgreSQL's peer authentication asks for."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise EmbeddedPostgresError(
            f"The user id {uid} has no name on this machine and PostgreSQL needs one: "
            "give it an entry in /etc/passwd, or set DATABASE_URL."
        ) from None


def _named(uid: int) -> Owner:
    return Owner(name_of(uid), uid, pwd.getpwuid(uid).pw_gid)
