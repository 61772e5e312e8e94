"""Exporting the registry as a bundle: a folder that stands whole or not at all, all files of one moment."""

import datetime as dt
import shutil
from pathlib import Path

import sqlalchemy as sa

from registry import audit
from registry.exchange.writing import write_all
from registry.kernel.actor import Actor
from registry.kernel.errors import Invalid
from registry.store import db, unit_of_work

PERMISSION = "exchange.export"


def export_bundle(actor: Actor, folder: Path, *, as_of: dt.datetime | None = None) -> dict[str, int]:
    """Write the registry into a new (or empty) folder; answers the rows of each file.

    as_of: only what was in force then. Raises Invalid where the folder is not empty or cannot be written.
    """
    actor.require(PERMISSION)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Invalid("folder_taken", f"{folder} is not empty", fix="name a folder that is new or empty")
    beside = folder.with_name(folder.name + ".part")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        counts = _written(beside, as_of)
        beside.replace(folder)
    except OSError as error:
        raise Invalid("folder_place", f"{folder} cannot be written: {error.strerror}", fix="name another") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    with unit_of_work():
        audit.record(actor, "bundle.exported", "bundle", folder.name, after={"rows": counts, "as_of": as_of})
    return counts


def _written(folder: Path, as_of: dt.datetime | None) -> dict[str, int]:
    session = db.session()
    if isinstance(session.get_bind(), sa.Engine) and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        return write_all(session, folder, as_of)
    finally:
        session.rollback()
