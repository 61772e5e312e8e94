"""What the clock does with filings: windows that are over, claims that were left."""

from registry.filings import service
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM


@every_minute
def look() -> None:
    """Close what was not mended in time, put back what was claimed and left."""
    service.look(SYSTEM)
