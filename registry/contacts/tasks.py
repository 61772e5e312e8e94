"""What the clock brings: changes of contact that were not reported in time."""

from registry.contacts import service
from registry.jobs.periodic import every_minute


@every_minute
def remind() -> None:
    """Tell of what is overdue, once."""
    service.remind()
