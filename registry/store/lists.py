"""Pages of rows by their key: a page starts after a key, so that the last page costs what the first one does."""

import datetime as dt
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store.database import db
from registry.store.periods import Dated, in_force, known

Row = TypeVar("Row")
DatedRow = TypeVar("DatedRow", bound=Dated)


def page_of_keys(query: sa.Select[Row], key: InstrumentedAttribute[str], request: PageRequest) -> Page[Row]:
    """The rows of a query whose keys come after the last one seen. The key's column is collated "C"."""
    if request.after:
        query = query.where(key > request.after)
    rows = db.session.scalars(query.order_by(key).limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], str(getattr(rows[request.limit - 1], key.key)) if more else "")


def one_at(
    query: sa.Select[DatedRow],
    table: Any,
    what: str,
    as_of: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
) -> DatedRow:
    """The row of a query in force at a moment; where none was asked for and nothing is, the one that was last.

    Raises NotFound where there is none.
    """
    row = db.session.scalar(query.where(in_force(table, as_of, known_at)))
    if row is None and as_of is None:
        row = db.session.scalar(query.where(known(table, known_at)).order_by(table.valid.desc()).limit(1))
    if row is None:
        raise NotFound(f"no_such_{what}", f"there is no such {what}, or it was not in force then")
    return row


def of_object(row: Any, *left_out: str) -> dict[str, Any]:
    """A row's own columns by name, as the audit trail and the change feed keep them."""
    hidden = {"id", "row_id", "recorded_at", "recorded_by", "superseded_at", "span", "folded", *left_out}
    columns = sa.inspect(type(row)).column_attrs
    return {each.key: getattr(row, each.key) for each in columns if each.key not in hidden}
