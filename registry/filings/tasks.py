"""What the clock does with filings: windows that are over, claims that were left; and what packs of evidence ask."""

from registry.cases.pack import attached
from registry.filings import queries, service
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM

attached.filed(queries.papers_of)


@every_minute
def look() -> None:
    """Close what was not mended in time, put back what was claimed and left."""
    service.look(SYSTEM)
