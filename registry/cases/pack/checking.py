"""Verifying a pack in the registry that made it: what anybody can verify, and the two signatures besides."""

import hmac
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from registry.audit import checkpoint, inclusion
from registry.cases.pack import verify
from registry.settings import current


def faults(file: Path) -> Iterator[str]:
    """What does not fit, a sentence each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(file) as archive:
                archive.extractall(folder)
            yield from verify.faults(folder)
            yield from _signatures(json.loads((folder / "audit.json").read_text("utf-8")))
        except (zipfile.BadZipFile, OSError, ValueError, KeyError, TypeError):
            yield "this is no evidence pack"


def _signatures(proof: dict[str, dict[str, object]]) -> Iterator[str]:
    key, span = current().hashing_key, proof["span"]
    try:
        checkpoint.read(json.dumps(proof["checkpoint"]), key)
    except checkpoint.BadCheckpoint as error:
        yield str(error)
    signed = inclusion.signature(key, int(str(span["first"])), int(str(span["last"])), str(span["root"]))
    if not hmac.compare_digest(signed, str(span["signature"])):
        yield "the span's signature does not fit: it was changed, or another registry made it"
