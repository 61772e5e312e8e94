"""Looking back in the background: runs that were ordered or broken off, and what the clock brings."""

import structlog

from registry import jobs
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict
from registry.lookback import queries, service
from registry.store import unit_of_work


@jobs.task("lookback.run")
def run() -> None:
    """Carry out every run that waits; where another process looks back already, leave it to that one."""
    try:
        service.go_on(SYSTEM)
    except Conflict as problem:
        if problem.code != "busy":
            raise
        structlog.get_logger().info("look-back goes on elsewhere")


@every_minute
def look() -> None:
    """Mark what is overdue, and have runs that were broken off go on."""
    service.look(SYSTEM)
    if queries.unfinished():
        with unit_of_work():
            jobs.enqueue("lookback.run", once="lookback.run")
