"""The day's round: taken once a day by whoever comes first, whole again where it broke off."""

from sqlalchemy.dialects.postgresql import insert

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
    if db.session.get(DailyWork, ("lifecycle", day)) is not None:
        return False
    with lease(LEASE) as held:
        taking_up.take_up()
        expiring.tell_of_endings()
        lapsing.warn(actor)
        lapsing.end_idle(actor)
        count_peers()
        held.confirm()
        with unit_of_work() as session:
            done = {"name": "lifecycle", "day": day, "done_at": clock.now()}
            session.execute(insert(DailyWork).values(done).on_conflict_do_nothing())
    return True
