"""Once a day: what must go, goes."""

from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict
from registry.retention import service


@every_minute
def look() -> None:
    """The day's round, unless it is done; while another process is at it, that one does it."""
    try:
        service.look(SYSTEM)
    except Conflict as problem:
        if problem.code != "busy":
            raise
