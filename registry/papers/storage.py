"""Papers on disk: each file under its SHA-256, written whole or not at all, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def path_of(folder: Path, sha256: str) -> Path:
    """Where a paper lies: two levels of folders, so that none grows too large."""
    return folder / sha256[:2] / sha256


def keep(folder: Path, content: bytes) -> str:
    """Store a paper and answer its SHA-256; on return it has reached the disk."""
    sha256 = digest(content)
    path = path_of(folder, sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write(path, content)
    return sha256


def read(folder: Path, sha256: str) -> bytes:
    """The bytes of a paper. Raises FileNotFoundError, or ValueError where the disk no longer holds what was stored."""
    content = path_of(folder, sha256).read_bytes()
    if digest(content) != sha256:
        raise ValueError(f"the file {sha256} was changed on disk")
    return content


def remove(folder: Path, sha256: str) -> None:
    """Take a paper off the disk, where it is there."""
    path_of(folder, sha256).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
