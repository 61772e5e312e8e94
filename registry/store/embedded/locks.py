"""File locks that the kernel drops when their holder ends, however it ends."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """A flock on a file; the file stays, only the lock comes and goes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def share(self) -> None:
        """Wait for a shared lock."""
        self._take(fcntl.LOCK_SH)

    def own(self) -> None:
        """Wait for the exclusive lock."""
        self._take(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """True if a shared lock was free and is now held."""
        return self._try(fcntl.LOCK_SH)

    def try_own(self) -> bool:
        """True if the exclusive lock was free and is now held."""
        return self._try(fcntl.LOCK_EX)

    def release(self) -> None:
        """Let go; harmless when nothing is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_owned(self) -> bool:
        """Whether another process holds the lock exclusively."""
        probe = FileLock(self.path)
        free = probe.try_share()
        probe.release()
        return not free

    def _try(self, kind: int) -> bool:
        try:
            self._take(kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _take(self, kind: int) -> None:
        self.release()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
