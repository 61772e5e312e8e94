"""The facts folder: files are drafted aside, reach the disk, get their names, and only then are listed."""

import datetime as dt
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from registry.traffic.model import FactKind

DRAFTS = ".drafts"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file that is ready to be named and listed: `path` below the facts folder, counts of what it holds."""

    kind: FactKind
    day: dt.date | None
    draft: Path
    path: str
    rows: int
    messages: int


class Drafts:
    """The drafts of one run, in a folder of their own below the facts folder; gone with it unless published."""

    def __init__(self, facts: Path) -> None:
        self._facts = facts
        self.folder = facts / DRAFTS / secrets.token_hex(8)
        self.files: list[Drafted] = []
        self._numbers = count()

    def place(self) -> Path:
        """Where another draft may be written."""
        return self.folder / f"{next(self._numbers)}.draft"

    def add(self, draft: Path, kind: FactKind, day: dt.date | None, name: str, rows: int, messages: int) -> None:
        """What was written is a file of this kind; one without rows is dropped."""
        if not rows:
            draft.unlink(missing_ok=True)
            return
        path = f"{kind}/{day}/{name}" if day else f"{kind}/{name}"
        self.files.append(Drafted(kind, day, draft, path, rows, messages))

    def publish(self) -> dict[str, str]:
        """Give every draft its name; on return all have reached the disk. Answers their SHA-256 by path."""
        digests = {}
        for file in self.files:
            digests[file.path] = _synced(file.draft)
            target = self._facts / file.path
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.draft.replace(target)
        for folder in {(self._facts / file.path).parent for file in self.files}:
            for each in (folder, folder.parent):
                sync_folder(each)
        return digests

    def withdraw(self) -> None:
        """Take back what was published and then not listed."""
        for file in self.files:
            (self._facts / file.path).unlink(missing_ok=True)


@contextmanager
def drafts(facts: Path) -> Iterator[Drafts]:
    """A place for drafts, cleared afterwards; files that were published stay only if the block ends well."""
    run = Drafts(facts)
    run.folder.mkdir(mode=0o700, parents=True)
    try:
        yield run
    except BaseException:
        run.withdraw()
        raise
    finally:
        shutil.rmtree(run.folder, ignore_errors=True)


def sweep(folder: Path, listed: set[str]) -> int:
    """Remove what a killed run left behind: drafts, and files that no list names. Answers how many files."""
    shutil.rmtree(folder / DRAFTS, ignore_errors=True)
    left = [path for path in folder.rglob("*") if path.is_file() and str(path.relative_to(folder)) not in listed]
    remove(left)
    return len(left)


def remove(paths: Iterable[Path]) -> None:
    """Remove files that are no longer listed."""
    for path in paths:
        path.unlink(missing_ok=True)


def _synced(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
