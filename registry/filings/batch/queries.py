"""Reading batches, and what may go into one."""

import sqlalchemy as sa

from registry.filings.batch.model import DecisionBatch
from registry.filings.model import CheckedFiling, Filing
from registry.filings.queries.filings import visible
from registry.filings.queries.queue import order
from registry.filings.workflow import State
from registry.kernel.actor import Actor
from registry.kernel.errors import Forbidden, NotFound
from registry.store import db

MOST = 200
"""Filings of one batch at most."""


def find(key: str) -> DecisionBatch:
    """One batch. Raises NotFound."""
    row = db.session.scalar(sa.select(DecisionBatch).filter_by(key=key))
    if row is None:
        raise NotFound("no_such_batch", f"there is no batch {key[:40]}")
    return row


def undecided(actor: Actor) -> list[DecisionBatch]:
    """One's own batches that wait to be decided, the youngest first."""
    query = sa.select(DecisionBatch).filter_by(drawn_by=actor.name, decided_at=None)
    return list(db.session.scalars(query.order_by(DecisionBatch.id.desc()).limit(MOST)))


def filings_of(actor: Actor, batch: DecisionBatch) -> dict[str, Filing]:
    """The filings of a batch that this reviewer may see, by their keys."""
    keys = [each["filing"] for each in batch.members]
    return {row.key: row for row in db.session.scalars(visible(actor).where(Filing.key.in_(keys)))}


def held(actor: Actor, key: str) -> DecisionBatch:
    """One's own batch, held until the commit. Raises NotFound; Forbidden for another reviewer's."""
    batch = find(key)
    if batch.drawn_by != actor.name:
        raise Forbidden("not_your_batch", f"{batch.drawn_by} has drawn this batch: draw one of your own")
    db.session.refresh(batch, with_for_update=True)
    return batch


def eligible(actor: Actor, keys: list[str] | None = None) -> list[Filing]:
    """Unclaimed filings that passed every check and that this reviewer may decide on, as the queue orders them."""
    query = visible(actor).where(
        Filing.state == State.SUBMITTED,
        ~Filing.authors.overlap(sorted(actor.eyes)),
        ~Filing.barred.overlap(sorted(actor.eyes)),
        sa.exists().where(CheckedFiling.filing_id == Filing.id, CheckedFiling.said == []),
    )
    query = query if keys is None else query.where(Filing.key.in_(keys))
    return list(db.session.scalars(query.order_by(*order()).limit(MOST)))
