"""Staff is reminded of the quarter's list of codes."""

from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.reports import service


@every_minute
def remind() -> None:
    """Tell what is due, once for each step."""
    service.remind(SYSTEM)
