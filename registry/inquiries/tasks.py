"""What was not answered in time is let go, and staff hears of it."""

from registry.inquiries import service
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM


@every_minute
def expire() -> None:
    """Every minute, so that no link is waited for longer than it works."""
    service.expire_due(SYSTEM)
