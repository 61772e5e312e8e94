"""Backup channels of the last days: what was opened at once, and whether a reviewer has approved it since."""

import datetime as dt

import sqlalchemy as sa

from registry.filings.changing import TemporaryPermitContent
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries.entries import last_entry
from registry.filings.view import Channel
from registry.filings.workflow import State
from registry.law import provisions
from registry.permits.model import Permit
from registry.store import db
from registry.store.periods import known

MOST = 100


def channels(content: Content, at: dt.datetime, filing: str) -> tuple[Channel, ...]:
    """Channels of the same permit, or of its signature on the same port; but for the one that `filing` itself brought.

    Counted are those that were open within the days of the provision.
    """
    base = last_entry(Kind.PERMIT, content.permit, at) if isinstance(content, TemporaryPermitContent) else None
    if base is None or not isinstance(content, TemporaryPermitContent):
        return ()
    since = at - dt.timedelta(days=provisions.integer("permits.temporary.window", at))
    same = sa.or_(Permit.port == content.port, Filing.content["permit"].astext == content.permit)
    query = (
        sa.select(Permit.key, Filing.state)
        .join(Filing, Filing.key == Permit.filing)
        .where(Filing.kind == Kind.TEMPORARY_PERMIT, Filing.key != filing, same)
        .where(Permit.signature == base.signature, Permit.owner == base.owner, known(Permit))
        .where(sa.func.upper(Permit.valid) > since)
        .distinct()
        .order_by(Permit.key)
        .limit(MOST)
    )
    return tuple(Channel(key, approved=state is State.APPROVED) for key, state in db.session.execute(query))
