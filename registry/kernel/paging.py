"""Key-set paging: a page starts after a key, so that page one thousand costs what page one costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 1000
USUAL = 50


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`after`: the key of the last row already seen, empty for the first page; `limit`: rows wanted, 1 to 1,000."""

    after: str = ""
    limit: int = USUAL


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows, and the key to ask the next page with (empty when this is the last)."""

    items: Sequence[T]
    after: str = ""
