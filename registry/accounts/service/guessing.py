"""Guessing at other doors than the log-in: wrong one-time codes are counted with wrong passwords, and slowed alike."""

import datetime as dt
import math

import sqlalchemy as sa

from registry.accounts import policy
from registry.accounts.model import FailedLogin
from registry.kernel import clock
from registry.kernel.errors import TooMany
from registry.store import db, unit_of_work


def refuse_hurry(address: str) -> None:
    """Raise TooMany while attempts from an address must wait."""
    now = clock.now()
    since = sa.select(FailedLogin.at).where(FailedLogin.address == address, FailedLogin.at >= now - policy.REMEMBERED)
    wait = policy.still_to_wait(db.session.scalars(since).all(), policy.FREE_BY_ADDRESS, now)
    if wait > dt.timedelta():
        seconds = math.ceil(wait.total_seconds())
        raise TooMany("login_slowed", f"too many wrong attempts: wait {seconds} seconds", fix="then try again")


def count(what: str, address: str) -> None:
    """Remember one more attempt from an address at something that is named so."""
    with unit_of_work() as session:
        session.add(FailedLogin(at=clock.now(), email=what, address=address))
