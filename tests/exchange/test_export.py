"""A registry that is handed over."""

import datetime as dt

import pytest
import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.exchange.handing_over import export_bundle
from registry.exchange.service import import_bundle
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden, Invalid
from registry.simulation.settings import Settings
from registry.simulation.world import build
from registry.simulation.writing import write_bundle
from registry.store import db
from registry.store.database import Base
from tests.conftest import actor
from tests.factories.exchange import bundle, texts, write


def forget(session):
    """Take the registry's rows away as a new, empty database has none."""
    kept = {"audit_event", "audit_head", "change", "change_head", "notice", "lookup", "erasure"}
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in kept and session.scalar(sa.select(sa.func.to_regclass(table.name))):
            session.execute(table.delete())
    session.flush()


def carried_over(session, tmp_path, folder):
    """The export of a bundle's registry, and the export of the registry that this export makes."""
    assert import_bundle(SYSTEM, folder).kept
    session.commit()
    export_bundle(SYSTEM, tmp_path / "first")
    forget(session)
    session.commit()
    assert import_bundle(SYSTEM, tmp_path / "first").kept
    export_bundle(SYSTEM, tmp_path / "second")
    return texts(tmp_path / "first"), texts(tmp_path / "second")


def test_an_export_makes_the_same_registry_again_byte_by_byte(session, tmp_path):
    one, other = carried_over(session, tmp_path, write(tmp_path / "in", bundle()))
    assert one == other


@pytest.mark.parametrize("seed", [3, 11])
def test_a_made_world_survives_being_handed_over(session, tmp_path, seed):
    write_bundle(build(Settings(seed=seed, enterprises=60, ports=60, signatures=120)), tmp_path / "in")
    one, other = carried_over(session, tmp_path, tmp_path / "in")
    assert one == other


def test_the_order_of_rows_in_the_files_does_not_matter(session, tmp_path):
    turned = {file: rows[::-1] for file, rows in bundle().items()}
    one, _ = carried_over(session, tmp_path, write(tmp_path / "in", turned))
    forget(session)
    assert import_bundle(SYSTEM, write(tmp_path / "straight", bundle())).kept
    export_bundle(SYSTEM, tmp_path / "third")
    assert texts(tmp_path / "third") == one


def test_an_export_as_of_a_time_holds_what_was_in_force_then_and_can_be_brought_in(session, tmp_path):
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    session.commit()
    export_bundle(SYSTEM, tmp_path / "then", as_of=clock.parse_moment("2023-05-15"))
    held = texts(tmp_path / "then")
    assert held["permits.csv"].count("P1,") == 1
    assert "provisional" in held["ports.csv"]
    assert "inherited" not in held["ports.csv"]
    assert held["complaints.csv"].count("\r\n") == 1
    forget(session)
    assert import_bundle(SYSTEM, tmp_path / "then").kept


def test_an_export_is_in_the_audit_trail(session, tmp_path):
    export_bundle(SYSTEM, tmp_path / "out", as_of=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    event = session.scalars(sa.select(AuditEvent)).one()
    assert (event.action, event.after["as_of"]) == ("bundle.exported", "2026-01-01T00:00:00+00:00")


def test_an_export_does_not_write_over_anything(session, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Invalid, match="not empty"):
        export_bundle(SYSTEM, tmp_path / "out")


def test_only_who_may_export_exports(session, tmp_path):
    with pytest.raises(Forbidden):
        export_bundle(actor("reviewer"), tmp_path / "out")


def test_nothing_of_an_export_lies_about_after_it_failed(session, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Invalid):
        export_bundle(SYSTEM, tmp_path / "file" / "out")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert db.session.is_active
