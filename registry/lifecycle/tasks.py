"""Once a day: what ends soon is told, what is idle is warned of and ended."""

from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict
from registry.lifecycle import service


@every_minute
def look() -> None:
    """The day's round, unless it is done; while another process is at it, that one does it."""
    try:
        service.look(SYSTEM)
    except Conflict as problem:
        if problem.code != "busy":
            raise
