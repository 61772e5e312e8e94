"""Taking complaints in."""

from dataclasses import asdict

import sqlalchemy as sa

from registry import audit
from registry.complaints import queries
from registry.complaints.model import Complaint
from registry.complaints.values import LONGEST_CONTENT, ComplaintValues
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.checking import Checking
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
        session.flush()  # its defaults are answered, also inside the commit that keeps the answer
        after = {"port": row.port, "signature": row.signature, "channel": row.channel}
        audit.record(actor, "complaint.added", "complaint", key, after=after)
    return row


def answer(actor: Actor, key: str, text: str) -> Complaint:
    """Note what was answered to a complaint, in time or late. Raises Invalid, NotFound, Conflict for a second answer.

    The audit trail holds no word of it.
    """
    actor.require(PERMISSION)
    check = Checking()
    text = check.text("answer", text, LONGEST_CONTENT, needed=True)
    check.finish("answer")
    with unit_of_work() as session:
        row = queries.held(key)
        if row.answered_at is not None:
            raise Conflict("complaint_answered", f"{row.key} was answered already", fix="read what was answered")
        row.answer, row.answered_at, row.answered_by = text, clock.now(), actor.name
        session.flush()
        audit.record(
            actor, "complaint.answered", "complaint", key, after={"answer_by": row.answer_by, "late": row.late}
        )
    return row
