"""The day's round: taken once a day by whoever comes first, whole again where it broke off."""

import datetime as dt

from sqlalchemy.dialects.postgresql import insert

from registry import jobs
from registry.jobs.lease import lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.lifecycle.model import DailyWork
from registry.lifecycle.service import expiring, lapsing, taking_up
from registry.permits.peers import count_peers
from registry.store import db, unit_of_work

LEASE = "life after approval"


def look(actor: Actor) -> bool:
    """Do the day's round, unless it is done; answers whether it was done now. Raises Conflict `busy`.

    Every step is safe to run again: what was told or ended stays noted.
    """
    day = clock.today()
    if is_done("lifecycle", day):
        return False
    with lease(LEASE) as held:
        taking_up.take_up()
        expiring.tell_of_endings()
        lapsing.warn(actor)
        lapsing.end_idle(actor)
        count_peers()
        held.confirm()
        with unit_of_work():
            note_done("lifecycle", day)
            jobs.enqueue("traffic.compact", once="traffic.compact")
    return True


def is_done(name: str, day: dt.date) -> bool:
    """Whether a round was taken on a day already."""
    return db.session.get(DailyWork, (name, day)) is not None


def note_done(name: str, day: dt.date) -> None:
    """From now on the round of that day is done."""
    with unit_of_work() as session:
        done = {"name": name, "day": day, "done_at": clock.now()}
        session.execute(insert(DailyWork).values(done).on_conflict_do_nothing())
