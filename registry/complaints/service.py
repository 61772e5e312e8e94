"""Taking complaints in."""

from dataclasses import asdict

import sqlalchemy as sa

from registry import audit
from registry.complaints.model import Complaint
from registry.complaints.values import ComplaintValues
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.work import explain_constraint

PERMISSION = "complaint.add"

explain_constraint("uq_complaint_key", "complaint_exists", "a complaint under this key was taken in already")


def add(actor: Actor, values: ComplaintValues) -> Complaint:
    """One complaint. Raises Invalid, and Conflict where its key was taken in already.

    The audit trail holds no word of its text, which may name people.
    """
    actor.require(PERMISSION)
    values = values.checked()
    with unit_of_work() as session:
        if values.complaint and session.scalar(sa.select(Complaint.id).filter_by(key=values.complaint)):
            raise Conflict("complaint_exists", f"{values.complaint} was taken in already")
        members = asdict(values)
        key = members.pop("complaint") or new_key("CMP")
        row = Complaint(**members | {"key": key, "received_at": values.received_at or clock.now()})
        session.add(row)
        after = {"port": row.port, "signature": row.signature, "channel": row.channel}
        audit.record(actor, "complaint.added", "complaint", key, after=after)
    return row
