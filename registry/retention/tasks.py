"""Once a day: what must go, goes."""

from registry.jobs.lease import left_to_others
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.retention import service


@every_minute
def look() -> None:
    """The day's round, unless it is done; while another process is at it, that one does it."""
    with left_to_others():
        service.look(SYSTEM)
