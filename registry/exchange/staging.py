"""Where a bundle waits: a temporary table for each file, filled by COPY and checked before a row is kept.

Memory stays flat: rows go through in blocks. Everything vanishes with the transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from psycopg import sql
from sqlalchemy.orm import Session

from registry.exchange.form import Form
from registry.exchange.forms import FORMS
from registry.exchange.reading import HEADER_ROW, Delivered, Unfit, opened
from registry.exchange.rows import RowReader
from registry.kernel.errors import FieldError
from registry.store import db

BLOCK = 20_000  # rows in memory at once
Watch = Callable[[str, int], None]
_SEPARATE = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\x00": ""})


@dataclass(slots=True)
class Counted:
    """A file as it was staged: the columns that nobody knows, its rows, the number of the last one."""

    file: str
    name: str
    unknown: tuple[str, ...] = ()
    rows: int = 0
    last_row: int = HEADER_ROW


@dataclass(frozen=True, slots=True)
class _Block:
    lines: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def kept_table(form: Form) -> sa.Table:
    """The table of the registry that keeps the rows of a file."""
    return db.metadata.tables[form.kind]


def known_as(form: Form) -> tuple[str, ...]:
    """The table columns by which other files refer to a row."""
    return ("code",) if form.file == "enterprises" else form.same


class Staging:
    """The temporary tables of one import."""

    def __init__(self, session: Session) -> None:
        self._session, metadata = session, sa.MetaData()
        self.tables = {form.file: _table(form, metadata) for form in FORMS}
        self.errors = _temporary(
            "staged_error",
            metadata,
            sa.Column("file", sa.Text),
            sa.Column("row", sa.BigInteger),
            *(sa.Column(name, sa.Text) for name in ("code", "field", "message", "fix")),
            sa.Column("refuses", sa.Boolean, server_default=sa.true()),
        )
        self.refused = _temporary("staged_refused", metadata, sa.Column("file", sa.Text), sa.Column("key", sa.Text))
        self._metadata = metadata
        metadata.create_all(session.connection())

    def clear(self) -> None:
        """Take the tables away before the transaction ends."""
        self._metadata.drop_all(self._session.connection())

    def take(self, file: Delivered, watch: Watch) -> Counted:
        """Read a whole file in; rows that can't be kept go to the errors."""
        counted = Counted(file.form.file, file.name)
        try:
            with opened(file) as table:
                counted.unknown = _unknown(file.form, table.header, file.name)
                reader = RowReader(file.form, table.header, known_as(file.form))
                for block in _blocks(file.form, reader, table.rows, counted):
                    self._copy(file.form, block)
                    watch(file.name, counted.rows)
        except Unfit as unfit:
            self.refuse(file.form, unfit.row, FieldError("", unfit.code, unfit.message, unfit.fix))
        self._session.execute(sa.text(f"ANALYZE {self.tables[file.form.file].name}"))
        return counted

    def refuse(self, form: Form, row: int | None, error: FieldError) -> None:
        """Object to one row, or to a file."""
        values = {"file": form.file, "row": row, **error.as_json()}
        self._session.execute(self.errors.insert().values(values))

    def refused_rows(self) -> dict[str, int]:
        """How many rows of each file were objected to; a file that could not be read counts at least one."""
        table = self.errors
        count = sa.func.count(sa.distinct(sa.func.coalesce(table.c.row, 0)))
        query = sa.select(table.c.file, count).where(table.c.refuses).group_by(table.c.file)
        return {row[0]: row[1] for row in self._session.execute(query)}

    def is_unread(self, file: str) -> bool:
        """Whether a file could not be read to its end."""
        table = self.errors
        of_all = sa.and_(table.c.file == file, table.c.field == "", table.c.code != "row_shape")
        return bool(self._session.scalar(sa.select(sa.exists().where(of_all))))

    def _copy(self, form: Form, block: _Block) -> None:
        self._copy_into(self.tables[form.file].name, ("row", *form.targets), block.lines)
        self._copy_into("staged_error", ("file", "row", "code", "field", "message", "fix"), block.errors)
        self._copy_into("staged_refused", ("file", "key"), block.refused)

    def _copy_into(self, table: str, columns: Sequence[str], lines: Sequence[str]) -> None:
        if not lines:
            return
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        driver: Any = self._session.connection().connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("".join(lines))


def _table(form: Form, metadata: sa.MetaData) -> sa.Table:
    kept = kept_table(form).c
    columns = [sa.Column(name, kept[name].type) for name in form.targets]
    computed = [sa.Column("level", sa.Text, server_default="access_code")] if form.file == "ports" else []
    computed = [sa.Column("enterprise", sa.Text, server_default="")] if form.file == "measures" else computed
    return _temporary(f"staged_{form.file}", metadata, sa.Column("row", sa.BigInteger), *columns, *computed)


def _temporary(name: str, metadata: sa.MetaData, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, metadata, *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DROP")


def _unknown(form: Form, header: Sequence[str], name: str) -> tuple[str, ...]:
    """The columns of a header that no form knows. Raises Unfit where one stands twice or a needed one is missing."""
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise Unfit("column_twice", f"{name} has the column {twice[0]!r} twice", "leave one of them", HEADER_ROW)
    needed = [column.name for column in form.columns if column.needed] + ["valid_from"] * form.dated
    missing = [column for column in needed if column not in header]
    if missing:
        said = f"{name} lacks the column {', '.join(missing)}"
        raise Unfit("column_missing", said, f"its columns are {', '.join(form.names)}", HEADER_ROW)
    return tuple(column for column in header if column not in form.names)


def _blocks(
    form: Form, reader: RowReader, rows: Iterable[tuple[int, Sequence[str]]], counted: Counted
) -> Iterable[_Block]:
    block = _Block()
    for number, cells in rows:
        _put(form, reader, number, cells, block)
        counted.rows, counted.last_row = counted.rows + 1, number
        if counted.rows % BLOCK == 0:
            yield block
            block = _Block()
    yield block


def _put(form: Form, reader: RowReader, number: int, cells: Sequence[str], block: _Block) -> None:
    row = reader.read(cells)
    if row.line is not None:
        block.lines.append(f"{number}\t{row.line}")
        return
    if row.key:
        block.refused.append(_line(form.file, row.key))
    for each in row.errors:
        block.errors.append(_line(form.file, str(number), each.code, each.field, each.message, each.fix))


def _line(*texts: str) -> str:
    return "\t".join(text.translate(_SEPARATE) for text in texts) + "\n"
