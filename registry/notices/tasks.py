"""Notices in the background: deliveries are made, tried, and taken up again where a worker was killed."""

from registry import jobs
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.notices import service


@jobs.task("notices.spread")
def spread() -> None:
    """Make the deliveries of what was told."""
    service.spread()


@jobs.task("notices.deliver")
def deliver(key: str) -> None:
    """Try one delivery."""
    service.deliver(key)


@every_minute
def take_up() -> None:
    """What a killed worker left behind: notices without deliveries, deliveries without a job."""
    service.spread()
    service.take_up(SYSTEM)
