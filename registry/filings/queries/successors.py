"""Who stands today where the applicant of a filing stood when it was filed."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.filings.changing import SuccessionContent
from registry.filings.content import from_bag
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.workflow import State
from registry.store import db

MOST_STEPS = 20


def stands_for(filing: Filing, row: Any, at: dt.datetime) -> str:
    """The applicant of the filing that made an entry, or who has taken its place since: by merger, or in the port."""
    applicant, since = filing.applicant, filing.decided_at or filing.created_at
    for _ in range(MOST_STEPS):
        found = _succession(applicant, getattr(row, "port", ""), since, at)
        if found is None:
            break
        applicant, since = found
    return applicant


def _succession(giver: str, port: str, since: dt.datetime, at: dt.datetime) -> tuple[str, dt.datetime] | None:
    """Who took an enterprise's place after a moment in what concerns a port, and when that was approved."""
    query = sa.select(Filing).where(
        Filing.kind == Kind.SUCCESSION,
        Filing.content["from_enterprise"].astext == giver,
        Filing.state == State.APPROVED,
        Filing.decided_at >= since,
    )
    for filing in db.session.scalars(query.order_by(Filing.decided_at)):
        content = from_bag(filing.kind, filing.content)
        if isinstance(content, SuccessionContent) and _concerns(content, port, at):
            return content.to_enterprise, filing.decided_at or since
    return None


def _concerns(content: SuccessionContent, port: str, at: dt.datetime) -> bool:
    begun = content.valid_from is None or content.valid_from <= at
    return begun and (not content.ports or any(port.startswith(code) for code in content.ports))
