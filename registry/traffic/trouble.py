"""What goes wrong while a file is taken in, in words for people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from registry.kernel.errors import Invalid, Unavailable

_FULL = ("no space left", "max_temp_directory_size", "disk quota")
_OURS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
    duckdb.ConnectionException,
    duckdb.InterruptException,
)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn a full disk into Unavailable, and damage that shows only while reading into Invalid."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _full(name) from error
    except duckdb.Error as error:
        text = str(error)
        if any(word in text.lower() for word in _FULL):
            raise _full(name) from error
        if isinstance(error, _OURS):
            raise
        detail = f"{name} is damaged: {text.splitlines()[0][:200]}"
        raise Invalid("unreadable_file", detail, fix="have it delivered again") from error


def _full(name: str) -> Unavailable:
    detail = f"the disk is full: {name} was not taken in, nothing of it is kept"
    return Unavailable("disk_full", detail, fix="make room in the data folder and run it again")
