"""What the data folder gives to whoever has not set it: the keys, and a PostgreSQL of its own.

The service and the command line both start here, so they read the same settings whether the service runs or not.
"""

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry.settings import SettingsError, data_folder
from registry.store.embedded import EmbeddedPostgres

KEYS = ("REGISTRY_SECRET_KEY", "REGISTRY_ENCRYPTION_KEY", "REGISTRY_HASHING_KEY")
KEY_BYTES = 32


@contextmanager
def local_environment() -> Iterator[EmbeddedPostgres | None]:
    """Complete `os.environ` with what is not set; the embedded PostgreSQL, if it is used, runs for the block."""
    data = data_folder()
    os.environ["REGISTRY_DATA"] = str(data)  # processes that we start stand elsewhere
    try:
        make_data_folder(data)
        for name in KEYS:
            if not os.environ.get(name):
                os.environ[name] = kept_key(data / "keys" / name)
    except OSError as refusal:
        raise SettingsError(
            f"REGISTRY_DATA: {data} cannot be used: {refusal.filename}: {refusal.strerror}."
        ) from refusal
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with EmbeddedPostgres(data / "postgres") as server:
        os.environ["DATABASE_URL"] = server.url
        try:
            yield server
        finally:
            os.environ.pop("DATABASE_URL", None)


def make_data_folder(data: Path) -> None:
    """Make the folder for its owner's eyes only; one that is there keeps its rights."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept_key(path: Path) -> str:
    """The key in this file, made at first use; two who make it at once get the same one."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        write_privately(draft, base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was quicker: its key counts
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def write_privately(path: Path, text: str) -> None:
    """Write a file that nobody but its owner reads, never for a moment otherwise."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
