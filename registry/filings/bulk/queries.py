"""Reading bulk files: a company sees its own."""

from typing import Any

import sqlalchemy as sa

from registry.filings.bulk.model import BulkFile, BulkRow
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys


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


def answers(bulk: BulkFile) -> dict[int, dict[str, Any]]:
    """What became of each row, by its number."""
    names = ("row", "state", "filing", "code", "field", "message", "fix")
    query = sa.select(*(getattr(BulkRow, name) for name in names)).where(BulkRow.bulk_id == bulk.id)
    found = (dict(zip(names, row, strict=True)) for row in db.session.execute(query))
    return {each["row"]: each | {"state": each["state"].value} for each in found}


def _visible(actor: Actor) -> sa.Select[BulkFile]:
    query = sa.select(BulkFile)
    return query.where(BulkFile.applicant == actor.enterprise) if actor.is_company else query
