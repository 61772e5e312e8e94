"""Taking up what files of facts say of use: each file once, whichever day it came late for."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from registry.lifecycle.model import Seen, SeenFile
from registry.settings import current
from registry.signatures.folding import fold
from registry.store import db, unit_of_work
from registry.traffic import duck
from registry.traffic.model import FactFile, FactKind

ROWS = 5000  # of one statement


def take_up() -> int:
    """Bring `usage_seen` up to what the listed facts say; answers how many files were new. Each in its own commit."""
    missing = sa.select(FactFile).where(
        FactFile.kind == FactKind.BASE,
        FactFile.replaced_by.is_(None),  # what took its place holds the same, and is taken up once more
        FactFile.id.not_in(sa.select(SeenFile.fact_file)),
    )
    files = db.session.scalars(missing.order_by(FactFile.id)).all()
    if files:
        with duck.connected() as connection:
            for file in files:
                _one(connection, file)
    return len(files)


def _one(connection: Any, file: FactFile) -> None:
    table = connection.read_parquet(str(current().facts / file.path))
    grouped = table.filter(table.signature != "").group_by("port", "signature").agg(last_day=table.day.max())
    last: dict[tuple[str, str], dt.date] = {}
    for row in grouped.to_pyarrow().to_pylist():
        key = (fold(row["signature"]), row["port"])
        last[key] = max(row["last_day"], last.get(key, row["last_day"]))
    rows = [{"folded": folded, "port": port, "last_day": day} for (folded, port), day in sorted(last.items())]
    with unit_of_work() as session:
        for start in range(0, len(rows), ROWS):
            new = insert(Seen).values(rows[start : start + ROWS])
            later = sa.func.greatest(Seen.last_day, new.excluded.last_day)
            session.execute(new.on_conflict_do_update(index_elements=["folded", "port"], set_={"last_day": later}))
        session.execute(insert(SeenFile).values(fact_file=file.id).on_conflict_do_nothing())
