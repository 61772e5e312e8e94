"""What a file of the bundle is: its columns, how each cell is read, which rows mean the same thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.kernel.checking import Checking

Values = Mapping[str, Any]
Read = Callable[[Checking, str, str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: `read` makes of a cell what is kept, `otherwise` is what an empty cell means.

    `kept` is the table's name for the column, where that is another one.
    """

    name: str
    read: Read
    kept: str = ""
    needed: bool = False
    otherwise: Any = ""

    @property
    def target(self) -> str:
        """The column of the table."""
        return self.kept or self.name


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose value the bundle or the registry should know: what it is, in which file, by which columns.

    refuses: whether a row cannot stay without it; else it is noted for the look-back.
    """

    columns: tuple[str, ...]
    file: str
    what: str
    known_as: tuple[str, ...] = ("key",)
    may_be_empty: bool = False
    refuses: bool = True


def _agrees(check: Checking, values: Values) -> None:
    """Nothing to object to between the cells of one row."""


def _nothing(values: Values) -> Values:  # noqa: ARG001 - the form's shape
    return {}


@dataclass(frozen=True, slots=True)
class Form:
    """One file of the bundle and the table that keeps its rows.

    kind: the word of the change feed. same: table columns by which two rows mean the same thing. agree: objections
    that need more than one cell. derive: further table columns, made of a row's values.
    """

    file: str
    kind: str
    columns: tuple[Column, ...]
    same: tuple[str, ...]
    dated: bool = True
    references: tuple[Reference, ...] = ()
    agree: Callable[[Checking, Values], None] = _agrees
    derive: Callable[[Values], Values] = _nothing
    derived: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The header of the file."""
        own = tuple(column.name for column in self.columns)
        return (*own, "valid_from", "valid_until") if self.dated else own

    @property
    def targets(self) -> tuple[str, ...]:
        """The columns of the table that a row of the file fills."""
        own = (*(column.target for column in self.columns), *self.derived)
        return (*own, "valid") if self.dated else own
