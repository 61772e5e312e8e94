"""Where files that were handed in lie, and their rows."""

from collections.abc import Iterator
from pathlib import Path

from registry.filings.bulk import sheets
from registry.filings.bulk.columns import columns
from registry.filings.bulk.model import BulkFile
from registry.filings.bulk.sheets import Row
from registry.filings.kinds import Kind
from registry.settings import current


def place_of(bulk: BulkFile) -> Path:
    """Where the file lies as it came."""
    return current().data / "bulk" / f"{bulk.sha256}.{bulk.form}"


def rows_of(bulk: BulkFile) -> Iterator[Row]:
    """The rows of a file that was taken in. Raises Invalid where it can't be read."""
    return rows_at(place_of(bulk), bulk.form, bulk.kind)


def rows_at(path: Path, form: str, kind: Kind) -> Iterator[Row]:
    """The rows of a file of a kind. Raises Invalid where it can't be read."""
    return sheets.rows(path, form, [each.name for each in columns(kind)])
