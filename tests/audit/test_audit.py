"""The chain holds every change, and a forged link is named."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from registry import audit
from registry.audit import queries
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.store import unit_of_work


def write(times: int) -> None:
    for number in range(times):
        with unit_of_work():
            audit.record(SYSTEM, "test.done", "thing", f"T{number}", after={"名": number})


def write_and_fail() -> None:
    with unit_of_work():
        audit.record(SYSTEM, "test.done", "thing", "T")
        raise RuntimeError


def test_an_untouched_chain_holds(session):
    write(3)
    assert queries.verify() is None
    assert queries.head()[0] == 3


def test_a_failed_unit_of_work_leaves_no_event(session):
    with pytest.raises(RuntimeError):
        write_and_fail()
    write(1)
    assert [event.subject_key for event in queries.events(PageRequest()).items] == ["T0"]


def test_a_changed_event_is_named(session):
    write(3)
    session.execute(sa.text("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only"))
    session.execute(sa.text("""UPDATE audit_event SET after = '{"名": 9}' WHERE number = 2"""))
    found = queries.verify()
    assert found is not None
    assert (found.number, found.what) == (2, "its content was changed")


def test_a_cut_tail_is_found_by_a_checkpoint(session):
    write(3)
    checkpoint = queries.head()
    session.execute(sa.text("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only"))
    session.execute(sa.text("DELETE FROM audit_event WHERE number = 3"))
    session.execute(sa.text("UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit_event WHERE number = 2)"))
    assert queries.verify() is None
    assert queries.verify(checkpoint) is not None


def test_the_database_itself_refuses_to_change_an_event(session):
    write(1)
    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(sa.text("DELETE FROM audit_event"))
