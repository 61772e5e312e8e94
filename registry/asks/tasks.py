"""Reminding of originals that are due."""

from registry.asks import service
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM


@every_minute
def remind() -> None:
    """Once a day for each ask that is due soon or overdue."""
    service.remind_all(SYSTEM)
