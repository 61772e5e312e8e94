"""What is done with filings in the background: windows that are over, claims that were left, files of many rows; and
what packs of evidence ask of them.
"""

from registry import jobs
from registry.cases.pack import attached
from registry.filings import queries, service
from registry.filings.bulk import service as bulk
from registry.filings.bulk.working import LOOK
from registry.filings.service import looking
from registry.jobs.periodic import every_minute
from registry.kernel.actor import SYSTEM

attached.filed(queries.papers_of)


@every_minute
def look() -> None:
    """Close what was not mended in time, put back what was claimed and left."""
    service.look(SYSTEM)


@jobs.task(looking.TASK)
def look_outside(key: str, *, anew: bool) -> None:
    """Ask connectors about a filing."""
    looking.work(SYSTEM, key, anew=anew)


@jobs.task(bulk.TASK)
def work(key: str) -> None:
    """Answer the rows of a file that are not answered yet."""
    bulk.work(SYSTEM, key)


@jobs.task(LOOK)
def look_for_lookalikes(key: str) -> None:
    """Look for the lookalikes of a file's signatures that wait for it."""
    bulk.look_for_lookalikes(SYSTEM, key)
