"""Which files hold the facts of a list that was frozen before some of its files were put together. Plain values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Filed(Protocol):
    """What a listed file tells of its descent: `of_files` were put together in it, 0 where it came from an ingest."""

    @property
    def id(self) -> int:
        """Its number in the list."""

    @property
    def of_files(self) -> int:
        """How many files were put together in it."""

    @property
    def replaced_by(self) -> int | None:
        """The file that took its place, if one did."""


File = TypeVar("File", bound=Filed)
Part = tuple[File, tuple[int, ...] | None]
"""A listed file to be read: the whole of it (None), or the rows of these sources alone."""


def parts(rows: Sequence[File], wanted: Iterable[int] | None = None) -> list[Part[File]]:
    """What is to be read for the wanted files (ids; None: what is listed now) of all `rows`, superseded ones included.

    Files that are read whole come first, and among them those that were not put together, which have no `source`.
    """
    listed = sorted((row for row in rows if row.replaced_by is None), key=lambda row: (row.of_files > 0, row.id))
    if wanted is None:
        return [(row, None) for row in listed]
    within = _sources(rows)
    sources = {source for each in wanted for source in within.get(each, ())}
    found = [(row, within[row.id] & sources) for row in listed]
    whole: list[Part[File]] = [(row, None) for row, met in found if met and met == within[row.id]]
    return whole + [(row, tuple(sorted(met))) for row, met in found if met and met != within[row.id]]


def _sources(rows: Iterable[Filed]) -> dict[int, set[int]]:
    """For each file the ids of the files out of ingests whose facts stand in it: of such a file, itself."""
    above = {row.id: row.replaced_by for row in rows}
    within = defaultdict[int, set[int]](set)
    for row in rows:
        place: int | None = row.id if not row.of_files else None
        while place is not None:
            within[place].add(row.id)
            place = above.get(place)
    return within
