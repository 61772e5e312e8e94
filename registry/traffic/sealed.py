"""Rows with personal content, sealed under AES-GCM: Arrow tables in, bytes that nobody else reads out."""

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes, as NIST SP 800-38D advises for GCM


def seal(key: bytes, table: Any, purpose: str) -> bytes:
    """The table as nonce and cipher text; `purpose` must be named again to open it."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, sink.getvalue().to_pybytes(), purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> Any:
    """The table again. Raises ValueError where another key was used or the bytes were changed."""
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except InvalidTag:
        raise ValueError(f"{purpose} was sealed with another key, or was changed") from None
    return pa.ipc.open_stream(plain).read_all()


_COLUMNS: dict[str, Any] = {"first_port": pa.string(), "last_port": pa.string(), "sealed": pa.binary()}
BOXES = pa.schema(_COLUMNS)
"""A file of sealed boxes: rows that are ordered by port, and from which port to which each box goes."""


def boxed(key: bytes, rows: Any, purpose: str) -> Any:
    """Rows ordered by port as one box: a table of one row."""
    ports = rows["port"]
    box = {
        "first_port": ports[0].as_py(),
        "last_port": ports[len(ports) - 1].as_py(),
        "sealed": seal(key, rows, purpose),
    }
    return pa.Table.from_pylist([box], BOXES)


def unboxed(key: bytes, path: Path, purpose: str, port: str | None = None) -> Iterator[Any]:
    """The tables in a file of boxes, one after the other; those alone in which a port may be."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=1):
            [box] = batch.to_pylist()
            if port is None or box["first_port"] <= port <= box["last_port"]:
                yield unseal(key, box["sealed"], purpose)


def tag_key(hashing_key: bytes) -> str:
    """What the 64-bit tags of messages are keyed with: a key of its own, derived from the hashing key."""
    return hashlib.sha256(b"traffic tags\0" + hashing_key).hexdigest()[:32]  # 128 bits; short, since it is hashed often


def hmac_pads(hashing_key: bytes) -> tuple[str, str]:
    """The inner and outer pad of HMAC-SHA256 (RFC 2104) in hexadecimal, for an engine that has the bare hash only."""
    block = hashing_key.ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in block).hex(), bytes(byte ^ 0x5C for byte in block).hex()
