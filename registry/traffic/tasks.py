"""What traffic looks after by itself: samples and tags do not outlive the law's limit."""

from registry import jobs
from registry.jobs.lease import left_to_others
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM
from registry.traffic import service


@jobs.task("traffic.ingest", retry=jobs.AGAIN)
def ingest(key: str) -> None:
    """Take in a file that was ordered; what fails for want of room or of its turn is tried again."""
    service.carry_out(SYSTEM, key)


@jobs.task("traffic.compact")
def compact() -> None:
    """Put together the small files of the days before today; what another process is at is left to that one."""
    with left_to_others():
        service.compact(SYSTEM, least=service.DAILY)


@every_minute
def erase() -> None:
    """Erase what is due; while an ingest goes on it waits for the next minute."""
    with left_to_others():
        service.erase_what_is_due(SYSTEM)
