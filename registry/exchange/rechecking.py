"""The filing checks over what a bundle brought in: in the background, a few entries at a time, kept for the look-back.

Each batch is a commit that also asks for the next one, so a worker that is killed loses one batch at most.
"""

import sqlalchemy as sa

from registry import jobs
from registry.exchange.forms import FORMS
from registry.exchange.staging import kept_table
from registry.filings import service as filings
from registry.filings.kinds import CHANGING, Kind
from registry.kernel.actor import Actor
from registry.store import unit_of_work

TASK = "exchange.recheck"
BATCH = 100  # entries of one commit
_FORMS = {form.kind: form for form in FORMS if form.kind in set(Kind) - CHANGING}


def ask(kind: str, first_id: int, last_id: int) -> None:
    """Have the entries of a kind between two row numbers checked, if it is one that is filed."""
    if kind in _FORMS:
        jobs.enqueue(TASK, kind=kind, after=first_id - 1, last=last_id)


def recheck(actor: Actor, kind: str, after: int, last: int) -> None:
    """Check the next entries behind row number `after`, and ask for those behind them."""
    table = kept_table(_FORMS[kind])
    number = table.c["row_id" if "row_id" in table.c else "id"]
    key = table.c[{"port": "port", "enterprise": "code"}.get(kind, "key")]
    query = sa.select(number, key).where(number > after, number <= last).order_by(number).limit(BATCH)
    with unit_of_work() as session:
        rows = session.execute(query).all()
        filings.keep_rechecks(actor, Kind(kind), dict.fromkeys(row[1] for row in rows))
        if len(rows) == BATCH:
            jobs.enqueue(TASK, kind=kind, after=rows[-1][0], last=last)
