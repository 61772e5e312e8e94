"""What the checks said of entries that came without a filing."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from registry.filings.kinds import Kind
from registry.filings.model import EntryCheck
from registry.store import db


def check_of_entry(kind: Kind, key: str) -> EntryCheck | None:
    """What the checks last said of an entry; None where they did not run, or it came by a filing."""
    return db.session.scalar(sa.select(EntryCheck).where(EntryCheck.entry_kind == kind, EntryCheck.entry_key == key))


def checks_counted() -> list[dict[str, Any]]:
    """How many entries of each kind got which verdict from which check; clean ones under an empty code."""
    each = sa.func.jsonb_array_elements(EntryCheck.results).table_valued(sa.column("value", JSONB)).render_derived()
    code, verdict = each.c.value["code"].astext, each.c.value["verdict"].astext
    kind, number = EntryCheck.entry_kind, sa.func.count()
    found = sa.select(kind, code, verdict, number).join_from(EntryCheck, each, sa.true()).group_by(kind, code, verdict)
    clean = sa.select(kind, sa.literal(""), sa.literal("pass"), number).where(EntryCheck.worst == "pass").group_by(kind)
    rows = db.session.execute(sa.union_all(found, clean).order_by(sa.text("1, 2, 3")))
    return [dict(zip(("kind", "check", "verdict", "entries"), row, strict=True)) for row in rows]
