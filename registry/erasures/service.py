"""Noting that something was erased, in the commit that erases it."""

import datetime as dt

from registry import audit
from registry.erasures.kinds import Erasable
from registry.erasures.model import Erasure
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.law import provisions
from registry.store import unit_of_work
from registry.store.columns import new_key


def note(
    actor: Actor, what: Erasable, subject: str, digest: str, provision: str, since: dt.date, *, enterprise: str = ""
) -> Erasure:
    """The proof that a thing was there: its hash, whose it was, and the provision in force by which it went."""
    today = clock.today()
    rule = provisions.provision(provision, today)
    row = Erasure(
        key=new_key("ERA"),
        what=what,
        subject=subject,
        enterprise=enterprise,
        digest=digest,
        rule=f"{provision}: {rule.value} {rule.unit} ({rule.source})",
        since=since,
        erased_at=clock.now(),
        erased_by=actor.name,
    )
    with unit_of_work() as session:
        session.add(row)
        after = {"what": what, "digest": digest, "rule": row.rule, "since": since}
        audit.record(actor, "erasure.done", what.value, subject, after=after)
    return row
