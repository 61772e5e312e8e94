"""Once a day: what ends soon is told, what is idle is warned of and ended."""

from registry.jobs.lease import left_to_others
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.lifecycle import service


@every_minute
def look() -> None:
    """The day's round, unless it is done; while another process is at it, that one does it."""
    with left_to_others():
        service.look(SYSTEM)
