"""Keys that nobody has set: made at first use, kept in the data folder for the service and the command line alike."""

import base64
import os
import secrets
from pathlib import Path

KEYS = ("REGISTRY_SECRET_KEY", "REGISTRY_ENCRYPTION_KEY", "REGISTRY_HASHING_KEY")
KEY_BYTES = 32


def load(data: Path) -> None:
    """Set each key that the environment lacks from its file in the data folder."""
    for name in KEYS:
        if not os.environ.get(name):
            os.environ[name] = kept_key(data / "keys" / name)


def kept_key(path: Path) -> str:
    """The key in this file, made if it is not there; two who make it at once get the same one."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
