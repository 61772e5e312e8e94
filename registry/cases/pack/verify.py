"""Verify an unpacked evidence pack: `python3 verify.py [FOLDER]`. Needs Python 3.11 and nothing else.

It holds every file against the manifest, every event of the audit trail against its own hash, and each hash by its path
against the root that the checkpoint's span has. Whoever holds the registry's key checks the two signatures besides:
`sms-registry case verify FILE`.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def faults(folder: Path) -> Iterator[str]:
    """What does not fit, a sentence each; nothing where the pack is whole."""
    yield from _files(folder, json.loads((folder / "manifest.json").read_text("utf-8")))
    yield from _events(json.loads((folder / "audit.json").read_text("utf-8")))


def _files(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    listed = {each["path"]: each for each in manifest["files"]}
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    for name in sorted(there - set(listed) - {"manifest.json"}):
        yield f"{name} is not in the manifest"
    for name, said in listed.items():
        if name not in there:
            yield f"{name} is missing"
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != said["sha256"]:
            yield f"{name} was changed"


def _events(proof: dict[str, Any]) -> Iterator[str]:
    last = proof["checkpoint"]
    if last["number"] != proof["span"]["last"]:
        yield "the checkpoint is of another event than the span ends with"
    for each in proof["events"]:
        number = each["event"]["number"]
        if _link(each["previous_hash"], each["event"]) != each["hash"]:
            yield f"event {number} was changed"
        if not _leads(each["hash"], each["path"], proof["span"]["root"]):
            yield f"event {number} does not lead to the root"
        if number == last["number"] and each["hash"] != last["hash"]:
            yield "the checkpoint does not hold the last event"
    if not any(each["event"]["number"] == last["number"] for each in proof["events"]):
        yield "the event of the checkpoint is missing"


def _link(previous: str, event: dict[str, Any]) -> str:
    text = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + b"\n" + text.encode()).hexdigest()


def _leads(link: str, path: list[dict[str, Any]], root: str) -> bool:
    at = hashlib.sha256(b"\0" + bytes.fromhex(link)).digest()
    for each in path:
        beside = bytes.fromhex(each["hash"])
        at = hashlib.sha256(b"\1" + (beside + at if each["left"] else at + beside)).digest()
    return at.hex() == root


if __name__ == "__main__":
    found = list(faults(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    print("\n".join(found) or "whole")  # noqa: T201 - it is a command
    sys.exit(bool(found))
