"""Reading bulk files: a company sees its own."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from registry.filings.bulk.model import BulkFile, BulkRow, RowState
from registry.filings.model import Filing
from registry.filings.queries.filings import lookalikes_wait
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys

AT_ONCE = 1000


def find(actor: Actor, key: str) -> BulkFile:
    """One file. Raises NotFound, also for another company's."""
    row = db.session.scalar(_visible(actor).where(BulkFile.key == key))
    if row is None:
        raise NotFound("no_such_bulk_file", f"there is no bulk file {key[:40]}")
    return row


def seen_by(actor: Actor, key: str) -> BulkFile:
    """One file, as `find` reads it."""
    return find(actor, key)


def listed(actor: Actor, request: PageRequest) -> Page[BulkFile]:
    """Files by key, which is by age."""
    return page_of_keys(_visible(actor), BulkFile.key, request)


def rows(actor: Actor, key: str, after: int, limit: int, state: str = "") -> list[BulkRow]:
    """What became of the rows behind one, by their numbers. Raises NotFound."""
    query = sa.select(BulkRow).where(BulkRow.bulk_id == find(actor, key).id, BulkRow.row > after)
    query = query.where(BulkRow.state == state) if state else query
    return list(db.session.scalars(query.order_by(BulkRow.row).limit(limit)))


def answers(bulk: BulkFile) -> Iterator[dict[str, Any]]:
    """What became of each row, by their numbers; some are read at once."""
    names, last = ("row", "state", "filing", "code", "field", "message", "fix"), 0
    query = sa.select(*(getattr(BulkRow, name) for name in names)).where(BulkRow.bulk_id == bulk.id)
    query = query.order_by(BulkRow.row).limit(AT_ONCE)
    while found := db.session.execute(query.where(BulkRow.row > last)).all():
        for row in found:
            yield dict(zip(names, row, strict=True)) | {"state": row.state.value}
        if len(found) < AT_ONCE:
            return
        last = found[-1].row


def unsearched(bulk: BulkFile, after: int, most: int) -> list[tuple[int, str]]:
    """Number and filing of rows behind one whose lookalikes are not looked for yet."""
    query = sa.select(BulkRow.row, BulkRow.filing).join(Filing, Filing.key == BulkRow.filing)
    query = query.where(
        BulkRow.bulk_id == bulk.id, BulkRow.row > after, BulkRow.state == RowState.FILED, lookalikes_wait()
    )
    return [(row, filing) for row, filing in db.session.execute(query.order_by(BulkRow.row).limit(most))]


def _visible(actor: Actor) -> sa.Select[BulkFile]:
    query = sa.select(BulkFile)
    return query.where(BulkFile.applicant == actor.enterprise) if actor.is_company else query
