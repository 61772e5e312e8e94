"""Extensions that rest: they ended within the quarantine, and messages to whoever had them may still arrive."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from registry.filings.view import Ended
from registry.law import provisions
from registry.ports.kinds import DelegationRole, PortLevel
from registry.ports.model import Delegation, Port
from registry.ports.prefix import is_valid
from registry.ports.queries import under
from registry.store import db
from registry.store.periods import known

MOST = 100


def resting(number: str, at: dt.datetime) -> tuple[Ended, ...]:
    """What ended at a number or below it within the quarantine before a moment: extensions, and hops to end users."""
    if not is_valid(number):
        return ()
    since = at - dt.timedelta(days=provisions.integer("ports.quarantine", at))
    ports = _ended(Port, Port.holder, number, since, at).where(Port.level == PortLevel.EXTENSION)
    hops = _ended(Delegation, Delegation.to_enterprise, number, since, at)
    hops = hops.where(Delegation.role == DelegationRole.END_USER)
    held = [Ended(port, holder, ended) for port, holder, ended in db.session.execute(ports)]
    let = [Ended(port, user, ended, hop=True) for port, user, ended in db.session.execute(hops)]
    return (*held, *let)


def _ended(table: Any, whose: Any, number: str, since: dt.datetime, at: dt.datetime) -> sa.Select[Any]:
    upper = sa.func.upper(table.valid)
    query = sa.select(table.port, whose, upper).where(known(table), upper <= at, upper > since)
    return query.where(under(table.port, number)).order_by(upper.desc()).limit(MOST)
